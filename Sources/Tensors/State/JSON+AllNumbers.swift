import Foundation

extension JSONEncoder {
  /// An encoder that writes numbers to their last bit, and those that JSON cannot represent as strings.
  package static func ofAllNumbers() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: Numbers.infinity, negativeInfinity: Numbers.negativeInfinity, nan: Numbers.notANumber)
    return encoder
  }
}

extension JSONDecoder {
  /// A decoder of what ``Foundation/JSONEncoder/ofAllNumbers()`` writes.
  package static func ofAllNumbers() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: Numbers.infinity, negativeInfinity: Numbers.negativeInfinity, nan: Numbers.notANumber)
    return decoder
  }
}

/// The JSON strings for numbers that JSON cannot represent.
private enum Numbers {
  static let infinity = "inf"
  static let negativeInfinity = "-inf"
  static let notANumber = "nan"
}
