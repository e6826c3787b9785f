import EspalierFiles
import EspalierTensors

/// Converts the elements of a file, of any real type and byte order, to `float32`.
struct FloatDecoder: Hashable, Sendable {
  /// The element type in the file.
  let elementType: ElementType
  /// Whether elements are big-endian.
  let isBigEndian: Bool
  /// The divisor of every number: 255 for the grey levels of images. Dividing (instead of multiplying by an inexact
  /// 1/255) rounds correctly, like `array / 255` in NumPy.
  let divisor: Float

  /// A decoder; `nil` for element types that are not real.
  init?(_ elementType: ElementType, isBigEndian: Bool, divisor: Float = 1) {
    switch elementType {
    case .string, .complex64, .complex128: return nil
    case let type where type.isStorageOnly: return nil
    default: break
    }
    self.elementType = elementType
    self.isBigEndian = isBigEndian
    self.divisor = divisor
  }

  /// The size of an element in the file, in bytes.
  var byteCount: Int { elementType.byteCount! }

  /// The numbers of `raw`, as the bytes of a `float32` tensor. Complexity: one pass, vectorised for most types.
  func decode(_ raw: [UInt8]) -> [UInt8] {
    if elementType == .float32, !isBigEndian, divisor == 1 { return raw }
    switch elementType {
    case .float32: return decode(raw, UInt32.self) { Float(bitPattern: $0) }
    case .float64: return decode(raw, UInt64.self) { Float(Double(bitPattern: $0)) }
    case .float16: return decode(raw, UInt16.self) { Float(float16Bits: $0) }
    case .bfloat16: return decode(raw, UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .int8: return decode(raw, Int8.self) { Float($0) }
    case .int16: return decode(raw, Int16.self) { Float($0) }
    case .int32: return decode(raw, Int32.self) { Float($0) }
    case .int64: return decode(raw, Int64.self) { Float($0) }
    case .uint8: return decode(raw, UInt8.self) { Float($0) }
    case .uint16: return decode(raw, UInt16.self) { Float($0) }
    case .uint32: return decode(raw, UInt32.self) { Float($0) }
    case .uint64: return decode(raw, UInt64.self) { Float($0) }
    case .bool: return decode(raw, UInt8.self) { $0 == 0 ? 0 : 1 }
    default: preconditionFailure("refused when the decoder was made")
    }
  }

  @inline(__always)
  private func decode<Stored: FixedWidthInteger>(
    _ raw: [UInt8], _ type: Stored.Type, _ number: (Stored) -> Float
  ) -> [UInt8] {
    let count = raw.count / MemoryLayout<Stored>.size
    let divisor = divisor
    let isBigEndian = isBigEndian
    return [UInt8](count: count * 4) { buffer in
      raw.withUnsafeBytes { source in
        guard let stored = source.baseAddress?.assumingMemoryBound(to: Stored.self),
          let floats = buffer.baseAddress?.bindMemory(to: Float.self, capacity: count)
        else { return }
        // The branch is outside the loops, so that each of them vectorises.
        if isBigEndian {
          for index in 0..<count { floats[index] = number(stored[index].byteSwapped) / divisor }
        } else {
          for index in 0..<count { floats[index] = number(stored[index]) / divisor }
        }
      }
    }
  }

  /// The position of the first `float32` in `bytes` that is infinite or NaN; `nil` if all are finite.
  ///
  /// In such numbers all bits of the exponent are set, so adding one to the exponent carries into the sign bit. The
  /// sums of all numbers are combined by `or`, without a branch in the loop, and searched only if the result has that
  /// bit.
  static func firstNotFinite(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { buffer in
      let bits = buffer.assumingMemoryBound(to: UInt32.self)
      var merged: UInt32 = 0
      for pattern in bits { merged |= (pattern & 0x7F80_0000) &+ 0x0080_0000 }
      guard merged & 0x8000_0000 != 0 else { return nil }
      return bits.firstIndex { $0 & 0x7F80_0000 == 0x7F80_0000 }
    }
  }
}
