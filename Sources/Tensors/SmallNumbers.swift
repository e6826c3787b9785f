/// A floating point format of at most eight bits: a sign, an exponent and a fraction.
///
/// Source: P. Micikevicius et al., FP8 Formats for Deep Learning, 2022, and the ONNX specification, "Float stored in 8
/// bits" and "Float stored in 4 bits".
package protocol SmallFloatFormat: Hashable, Sendable {
  /// The type of tensors of such numbers.
  static var elementType: ElementType { get }
  /// The bits of the exponent.
  static var exponentBits: Int { get }
  /// The bits of the fraction.
  static var fractionBits: Int { get }
  /// What is subtracted from the stored exponent.
  static var bias: Int { get }
  /// The codes that are no finite numbers.
  static var specials: SmallFloatSpecials { get }
}

/// The codes of a small format that stand for no finite number.
package enum SmallFloatSpecials: Hashable, Sendable {
  /// None.
  case none
  /// All bits but the sign set: not a number.
  case allOnes
  /// The code of negative zero: not a number.
  case negativeZero
  /// As in IEEE 754: the largest exponent is infinity, and not a number with a fraction.
  case largestExponent
}

/// A number of a small format, one byte each in memory.
package struct SmallFloat<Format: SmallFloatFormat>: TensorElement, Comparable {
  /// The bits, in the low ones of the byte.
  package var code: UInt8

  /// The number of these bits.
  package init(code: UInt8) { self.code = code }

  /// The type of tensors of such numbers.
  package static var elementType: ElementType { Format.elementType }

  private static var signBit: UInt8 { 1 << UInt8(Format.exponentBits + Format.fractionBits) }

  /// The value, exactly.
  package var double: Double {
    let magnitude = Int(code & (Self.signBit - 1))
    let isNegative = code & Self.signBit != 0
    let (exponent, fraction) = magnitude.quotientAndRemainder(dividingBy: 1 << Format.fractionBits)
    switch Format.specials {
    case .allOnes where magnitude == Int(Self.signBit) - 1,
      .negativeZero where isNegative && magnitude == 0:
      return .nan
    case .largestExponent where exponent == 1 << Format.exponentBits - 1:
      return fraction == 0 ? (isNegative ? -.infinity : .infinity) : .nan
    default: break
    }
    let digits = Double(exponent == 0 ? fraction : fraction + 1 << Format.fractionBits)
    let power = max(exponent, 1) - Format.bias - Format.fractionBits
    let value = Double(sign: .plus, exponent: power, significand: digits)
    return isNegative ? -value : value
  }

  /// The code of the largest finite number.
  private static var largest: UInt8 {
    switch Format.specials {
    case .none, .negativeZero: signBit - 1
    case .allOnes: signBit - 2
    case .largestExponent: (1 << UInt8(Format.exponentBits) - 1) << UInt8(Format.fractionBits) - 1
    }
  }

  /// The nearest number, of two equally near ones the even one.
  ///
  /// - Parameter saturates: Whether numbers beyond the range, infinity included, become the largest finite one, rather
  ///   than infinity or not a number.
  package init(_ value: Double, saturates: Bool) {
    let sign: UInt8 = value.sign == .minus ? Self.signBit : 0
    let highest = SmallFloat(code: Self.largest).double
    if value.isNaN {
      self = Self.notANumber(sign)
      return
    }
    // Half a step beyond the largest, what is nearest is no longer finite.
    let step = highest - SmallFloat(code: Self.largest - 1).double
    let isBeyond =
      abs(value) > highest + step / 2 || abs(value) == highest + step / 2 && Self.largest & 1 == 1
    if isBeyond || value.isInfinite {
      self.init(
        code: saturates || Format.specials == .none ? sign | Self.largest : Self.beyondRange(sign))
      return
    }
    let exponent = max(abs(value) == 0 ? Int.min : Int(abs(value).exponent), 1 - Format.bias)
    let unit = Double(sign: .plus, exponent: exponent - Format.fractionBits, significand: 1)
    let digits = Int((abs(value) / unit).rounded(.toNearestOrEven))
    // The digits of the next power of two carry into the exponent.
    let magnitude = (exponent + Format.bias - 1) << Format.fractionBits + digits
    let code = min(UInt8(magnitude), Self.largest)
    self.init(code: code == 0 && Format.specials == .negativeZero ? 0 : sign | code)
  }

  /// The code that conversions give for not a number; negative zero where there is none.
  private static func notANumber(_ sign: UInt8) -> SmallFloat {
    switch Format.specials {
    case .none, .negativeZero: SmallFloat(code: signBit)
    case .allOnes: SmallFloat(code: sign | (signBit - 1))
    case .largestExponent: SmallFloat(code: sign | (largest + 1) | 1 << UInt8(Format.fractionBits - 1))
    }
  }

  /// The code of numbers beyond the range.
  private static func beyondRange(_ sign: UInt8) -> UInt8 {
    Format.specials == .largestExponent ? sign | (largest + 1) : notANumber(sign).code
  }

  /// By value: both zeros are equal, and what is not a number equals nothing.
  package static func == (first: SmallFloat, second: SmallFloat) -> Bool { first.double == second.double }

  /// By value.
  package static func < (first: SmallFloat, second: SmallFloat) -> Bool {
    first.double < second.double
  }
}

/// `float8e4m3fn`: four bits of exponent, three of fraction, no infinity.
package enum E4M3FN: SmallFloatFormat {
  package static let elementType = ElementType.float8e4m3fn
  package static let (exponentBits, fractionBits, bias) = (4, 3, 7)
  package static let specials = SmallFloatSpecials.allOnes
}

/// `float8e4m3fnuz`: the same without a negative zero, whose code is not a number.
package enum E4M3FNUZ: SmallFloatFormat {
  package static let elementType = ElementType.float8e4m3fnuz
  package static let (exponentBits, fractionBits, bias) = (4, 3, 8)
  package static let specials = SmallFloatSpecials.negativeZero
}

/// `float8e5m2`: five bits of exponent, two of fraction, infinities as in IEEE 754.
package enum E5M2: SmallFloatFormat {
  package static let elementType = ElementType.float8e5m2
  package static let (exponentBits, fractionBits, bias) = (5, 2, 15)
  package static let specials = SmallFloatSpecials.largestExponent
}

/// `float8e5m2fnuz`: the same without infinities and a negative zero.
package enum E5M2FNUZ: SmallFloatFormat {
  package static let elementType = ElementType.float8e5m2fnuz
  package static let (exponentBits, fractionBits, bias) = (5, 2, 16)
  package static let specials = SmallFloatSpecials.negativeZero
}

/// `float4e2m1`: two bits of exponent, one of fraction, all numbers finite.
package enum E2M1: SmallFloatFormat {
  package static let elementType = ElementType.float4e2m1
  package static let (exponentBits, fractionBits, bias) = (2, 1, 1)
  package static let specials = SmallFloatSpecials.none
}

/// A whole number of four bits with a sign, one byte each in memory.
package struct Int4: TensorElement, Comparable {
  /// The number, from -8 to 7.
  package var value: Int8

  /// The number with the low four bits of `value`.
  package init(bits value: UInt8) { self.value = Int8(bitPattern: value << 4) >> 4 }

  /// `int4`.
  package static var elementType: ElementType { .int4 }

  /// By value.
  package static func < (first: Int4, second: Int4) -> Bool { first.value < second.value }
}

/// A whole number of four bits without a sign, one byte each in memory.
package struct UInt4: TensorElement, Comparable {
  /// The number, from 0 to 15.
  package var value: UInt8

  /// The low four bits of `value`.
  package init(bits value: UInt8) { self.value = value & 15 }

  /// `uint4`.
  package static var elementType: ElementType { .uint4 }

  /// By value.
  package static func < (first: UInt4, second: UInt4) -> Bool { first.value < second.value }
}
