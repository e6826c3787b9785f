import EspalierTensors

/// The type of a value: its element type and its shape.
package struct TensorType: Hashable, Sendable, CustomStringConvertible {
  /// The type of the elements.
  package var elementType: ElementType
  /// The sizes of the axes.
  package var shape: Shape

  /// A type of `shape`, of single precision numbers by default.
  package init(_ shape: Shape, _ elementType: ElementType = .float32) {
    self.elementType = elementType
    self.shape = shape
  }

  /// The type of `tensor`.
  package init(of tensor: Tensor) {
    self.init(tensor.shape, tensor.elementType)
  }

  /// The number of bytes of a value of this type; `Int.max` for more than an `Int` holds.
  package var byteCount: Int { Int.limitedProduct(shape.elementCount, elementType.byteCount ?? 0) }

  /// For example, `float32 128 x 784`.
  package var description: String { "\(elementType) \(shape)" }
}

extension ElementType {
  /// Whether operators compute with this element type.
  package var isNumeric: Bool {
    switch self {
    case .float32, .float64, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: true
    default: false
    }
  }
}
