import EspalierFiles
import EspalierOperators
import EspalierTensors

/// A copy of a value in the order in which a session stores it, to pass it to another session without reordering.
package struct StoredValue: Sendable {
  /// The type of the value.
  package let type: TensorType
  /// The memory order of the elements.
  package let order: AxisOrder
  /// The bytes of the elements.
  package let storage: ByteStorage

  /// A value of `type` whose elements lie in `order`.
  package init(_ type: TensorType, order: AxisOrder, storage: ByteStorage) {
    precondition(storage.count == type.byteCount)
    (self.type, self.order, self.storage) = (type, order, storage)
  }

  /// The same with its bytes in memory.
  package init(_ type: TensorType, order: AxisOrder, bytes: [UInt8]) {
    self.init(type, order: order, storage: .memory(bytes))
  }

  /// The value in plain order.
  package func tensor() -> Tensor {
    if order == .plain { return Tensor(shape: type.shape, elementType: type.elementType, storage: storage) }
    var plain = [UInt8](repeating: 0, count: type.byteCount)
    storage.withUnsafeBytes { source in
      plain.withUnsafeMutableBytes { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        StridedCopy(type, from: order, to: .plain).run(from: from, to: to)
      }
    }
    return Tensor(shape: type.shape, elementType: type.elementType, bytes: plain)
  }

  /// A tensor, which is in plain order.
  package init(_ tensor: Tensor) {
    self.init(TensorType(of: tensor), order: .plain, storage: tensor.storage)
  }
}

extension Buffer {
  /// A copy of the value in its memory order.
  package func stored() -> StoredValue {
    let bytes = [UInt8](unsafeUninitializedCapacity: type.byteCount) { target, count in
      UnsafeMutableRawBufferPointer(target).copyMemory(
        from: UnsafeRawBufferPointer(start: address, count: type.byteCount))
      count = type.byteCount
    }
    return StoredValue(type, order: order, bytes: bytes)
  }

  /// Fills the buffer with the elements of `value`, which must have the buffer's type.
  package func write(_ value: StoredValue) {
    precondition(value.type == type, "\(value.type) written to \(type)")
    value.storage.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      if value.order == order {
        address.copyMemory(from: base, byteCount: type.byteCount)
      } else {
        StridedCopy(type, from: value.order, to: order).run(from: base, to: address)
      }
    }
  }
}
