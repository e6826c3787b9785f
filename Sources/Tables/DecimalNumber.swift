/// Decimal numbers in text files: `-12`, `+0.5`, `.5`, `1e-3`.
package enum DecimalNumber {
  /// The powers of ten that a `Double` represents exactly.
  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// The number written in `bytes`, correctly rounded; `nil` if they are not a number, or it is too large for a
  /// `Double`.
  ///
  /// Up to 15 digits and powers of ten up to 22 take one exact multiplication or division (W. D. Clinger, "How to read
  /// floating point numbers accurately", 1990); longer numbers are left to the standard library.
  ///
  /// - Parameter mark: The decimal mark.
  package static func parse(_ bytes: UnsafeBufferPointer<UInt8>, mark: UInt8 = UInt8(ascii: ".")) -> Double? {
    var place = 0
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { place = 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var exponent = 0
    var isFraction = false
    while place < bytes.count {
      let digit = bytes[place] &- UInt8(ascii: "0")
      if digit < 10 {
        digits += 1
        mantissa = mantissa &* 10 &+ UInt64(digit)
        if isFraction { exponent -= 1 }
      } else if bytes[place] == mark, !isFraction {
        isFraction = true
      } else {
        break
      }
      place += 1
    }
    guard digits > 0 else { return nil }
    if place < bytes.count {
      guard bytes[place] | 0x20 == UInt8(ascii: "e"), let power = integer(bytes, from: place + 1) else { return nil }
      exponent += power
    }
    guard digits <= 15, abs(exponent) < powers.count else {
      let text = String(decoding: bytes.map { $0 == mark ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
      return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
    let value = exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
    return isNegative ? -value : value
  }

  /// The integer written from `start` to the end; `nil` for anything else or too many digits.
  static func integer(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    var place = start
    let isNegative = place < bytes.count && bytes[place] == UInt8(ascii: "-")
    if isNegative || (place < bytes.count && bytes[place] == UInt8(ascii: "+")) { place += 1 }
    guard place < bytes.count, bytes.count - place <= 18 else { return nil }
    var value = 0
    while place < bytes.count {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
      place += 1
    }
    return isNegative ? -value : value
  }

  /// Whether `bytes` mark a missing value: nothing, `NA`, `N/A`, `NaN`, `nan` or `NULL`.
  static func isMissing(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    switch bytes.count {
    case 0: true
    case 2: equal(bytes, "NA")
    case 3: equal(bytes, "NaN") || equal(bytes, "nan") || equal(bytes, "NAN") || equal(bytes, "N/A")
    case 4: equal(bytes, "NULL") || equal(bytes, "null")
    default: false
    }
  }

  private static func equal(_ bytes: UnsafeBufferPointer<UInt8>, _ text: StaticString) -> Bool {
    (0..<bytes.count).allSatisfy { bytes[$0] == text.utf8Start[$0] }
  }
}
