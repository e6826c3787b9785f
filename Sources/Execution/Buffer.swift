import EspalierOperators
import EspalierTensors

/// A place in a device's memory where a value of a known type lies. Whoever owns the memory keeps it alive.
///
/// The elements can be read and written here only where the device is the host; elsewhere, by ``Device/write(_:to:)`` and
/// ``Device/read(_:)``.
package struct Buffer {
  /// Where the value begins, on a boundary of 64 bytes, as the device counts its memory.
  package let address: UnsafeMutableRawPointer
  /// The type of the value.
  package let type: TensorType
  /// In which order its elements lie.
  package let order: AxisOrder

  /// A value of `type` at `address`.
  package init(address: UnsafeMutableRawPointer, type: TensorType, order: AxisOrder = .plain) {
    self.address = address
    self.type = type
    self.order = order
  }

  /// The elements in the order they lie in, as single precision numbers.
  package var floats: UnsafeMutableBufferPointer<Float> { elements(as: Float.self) }

  /// The elements in the order they lie in; the value must hold `Element`s, or others of as many bytes.
  package func elements<Element: TensorElement>(as _: Element.Type) -> UnsafeMutableBufferPointer<Element> {
    assert(type.elementType.byteCount == MemoryLayout<Element>.stride, "\(type) read as \(Element.elementType)")
    let count = type.shape.elementCount
    return UnsafeMutableBufferPointer(start: address.bindMemory(to: Element.self, capacity: count), count: count)
  }

  /// A copy of the value.
  package func tensor() -> Tensor {
    var bytes = [UInt8](repeating: 0, count: type.byteCount)
    bytes.withUnsafeMutableBytes { target in
      guard let base = target.baseAddress else { return }
      StridedCopy(type, from: order, to: .plain).run(from: address, to: base)
    }
    return Tensor(shape: type.shape, elementType: type.elementType, bytes: bytes)
  }

  /// Fills the place with the elements of `tensor`, which must be of the buffer's type.
  package func write(_ tensor: Tensor) {
    precondition(TensorType(of: tensor) == type, "\(TensorType(of: tensor)) written to \(type)")
    tensor.bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      StridedCopy(type, from: .plain, to: order).run(from: base, to: address)
    }
  }
}
