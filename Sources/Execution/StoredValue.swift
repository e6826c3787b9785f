import EspalierOperators
import EspalierTensors

/// A copy of a value as it lies in a session: what is handed from one session to another without being put in plain order in between.
package struct StoredValue: Sendable {
  /// What the value is.
  package let type: TensorType
  /// In which order its elements lie.
  package let order: AxisOrder
  /// The elements.
  package let bytes: [UInt8]

  /// A value of `type` whose elements lie in `order`.
  package init(_ type: TensorType, order: AxisOrder, bytes: [UInt8]) {
    precondition(bytes.count == type.byteCount)
    (self.type, self.order, self.bytes) = (type, order, bytes)
  }

  /// The value in plain order.
  package func tensor() -> Tensor {
    if order == .plain { return Tensor(shape: type.shape, elementType: type.elementType, bytes: bytes) }
    var plain = [UInt8](repeating: 0, count: type.byteCount)
    bytes.withUnsafeBytes { source in
      plain.withUnsafeMutableBytes { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        StridedCopy(type, from: order, to: .plain).run(from: from, to: to)
      }
    }
    return Tensor(shape: type.shape, elementType: type.elementType, bytes: plain)
  }

  /// A tensor, which lies in plain order.
  package init(_ tensor: Tensor) {
    self.init(TensorType(of: tensor), order: .plain, bytes: tensor.bytes)
  }
}

extension Buffer {
  /// A copy of the value as it lies.
  package func stored() -> StoredValue {
    let bytes = [UInt8](unsafeUninitializedCapacity: type.byteCount) { target, count in
      UnsafeMutableRawBufferPointer(target).copyMemory(
        from: UnsafeRawBufferPointer(start: address, count: type.byteCount))
      count = type.byteCount
    }
    return StoredValue(type, order: order, bytes: bytes)
  }

  /// Fills the place with the elements of `value`, which must be of the buffer's type.
  package func write(_ value: StoredValue) {
    precondition(value.type == type, "\(value.type) written to \(type)")
    value.bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      if value.order == order {
        address.copyMemory(from: base, byteCount: type.byteCount)
      } else {
        StridedCopy(type, from: value.order, to: order).run(from: base, to: address)
      }
    }
  }
}
