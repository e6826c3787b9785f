import EspalierOperators
import EspalierTensors

/// A value of a known type in a device's memory. The buffer does not own the memory: its owner must outlive it.
///
/// The elements can be accessed directly only if the device is the host; otherwise use ``Device/write(_:to:)`` and
/// ``Device/read(_:)``.
package struct Buffer {
  /// The address of the first element in the device's address space, aligned to 64 bytes.
  package let address: UnsafeMutableRawPointer
  /// The type of the value.
  package let type: TensorType
  /// The memory order of the elements.
  package let order: AxisOrder

  /// A value of `type` at `address`.
  package init(address: UnsafeMutableRawPointer, type: TensorType, order: AxisOrder = .plain) {
    self.address = address
    self.type = type
    self.order = order
  }

  /// The elements in memory order, as single precision numbers.
  package var floats: UnsafeMutableBufferPointer<Float> { elements(as: Float.self) }

  /// The elements in memory order; the value's elements must be `Element`s or have the same size in bytes.
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

  /// Fills the buffer with the elements of `tensor`, which must have the buffer's type.
  package func write(_ tensor: Tensor) {
    precondition(TensorType(of: tensor) == type, "\(TensorType(of: tensor)) written to \(type)")
    tensor.storage.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      StridedCopy(type, from: .plain, to: order).run(from: base, to: address)
    }
  }
}
