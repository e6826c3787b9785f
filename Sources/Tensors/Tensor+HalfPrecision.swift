import EspalierFiles

extension ElementType {
  /// Whether the type is a floating point type of 16 bits, which is computed with in single precision.
  package var isHalfPrecision: Bool { self == .float16 || self == .bfloat16 }
}

extension Tensor {
  /// The elements in single precision, exactly, if they are of half precision; otherwise the tensor itself.
  package func widened() -> Tensor {
    guard elementType.isHalfPrecision, let numbers = floats() else { return self }
    return Tensor(shape: shape, numbers)
  }

  /// Single precision elements in half precision, each rounded to the nearest, of two equally near ones the even one.
  ///
  /// The inverse of ``widened()``: no bit of a number from there is lost, not-a-numbers included.
  package func narrowed(to type: ElementType) -> Tensor {
    precondition(elementType == .float32 && type.isHalfPrecision, "\(elementType) narrowed to \(type)")
    let bytes = [UInt8](count: 2 * count) { target in
      withElements(as: Float.self) { elements in
        for (i, number) in elements.enumerated() {
          let bits = type == .float16 ? number.float16Bits : number.bfloat16Bits
          target[2 * i] = UInt8(truncatingIfNeeded: bits)
          target[2 * i + 1] = UInt8(truncatingIfNeeded: bits >> 8)
        }
      }
    }
    return Tensor(shape: shape, elementType: type, bytes: bytes)
  }
}

extension Float {
  /// The number rounded to the nearest that `type`, of half precision, can represent; infinite beyond its range.
  package func rounded(to type: ElementType) -> Float {
    switch type {
    case .float16: Float(float16Bits: float16Bits)
    case .bfloat16: Float(bitPattern: UInt32(bfloat16Bits) << 16)
    default: self
    }
  }

  /// The bits of the nearest number of IEEE half precision.
  fileprivate var float16Bits: UInt16 {
    let sign = UInt16(bitPattern >> 16) & 0x8000
    let magnitude = bitPattern & 0x7FFF_FFFF
    if magnitude > 0x7F80_0000 {
      let payload = UInt16(truncatingIfNeeded: magnitude >> 13) & 0x3FF
      return sign | 0x7C00 | (payload == 0 ? 0x200 : payload)
    }
    // 65520 lies halfway between the largest number and the next, which would be infinity.
    if magnitude >= 0x477F_F000 { return sign | 0x7C00 }
    // Below 2^-14 numbers are multiples of 2^-24.
    if magnitude < 0x3880_0000 {
      return sign | UInt16((Float(bitPattern: magnitude) * 0x1p24).rounded(.toNearestOrEven))
    }
    let rounded = magnitude + 0xFFF + (magnitude >> 13 & 1)
    return sign | UInt16((rounded - 0x3800_0000) >> 13)
  }

  /// The bits of the nearest number of the upper half of single precision.
  fileprivate var bfloat16Bits: UInt16 {
    if isNaN {
      let bits = UInt16(bitPattern >> 16)
      return bits & 0x7F == 0 ? bits | 0x40 : bits
    }
    return UInt16((UInt64(bitPattern) + 0x7FFF + UInt64(bitPattern >> 16 & 1)) >> 16)
  }
}
