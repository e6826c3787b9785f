import Tensors

/// What is known of a value before it is computed: the type of its elements and its shape.
public struct TensorType: Hashable, Sendable, CustomStringConvertible {
  /// The type of the elements.
  public var elementType: ElementType
  /// The sizes of the axes.
  public var shape: Shape

  /// A type of `shape`, of single precision numbers unless said otherwise.
  public init(_ shape: Shape, _ elementType: ElementType = .float32) {
    self.elementType = elementType
    self.shape = shape
  }

  /// The type that `tensor` has.
  public init(of tensor: Tensor) {
    self.init(tensor.shape, tensor.elementType)
  }

  /// Bytes a value of this type takes.
  public var byteCount: Int { shape.elementCount * (elementType.byteCount ?? 0) }

  /// As in `float32 128 x 784`.
  public var description: String { "\(elementType) \(shape)" }
}
