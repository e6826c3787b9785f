/// A number as people write it: with thousands separators, a currency sign or per cent, or a date.
///
/// Groups between separators have three digits, the first one to three and no leading 0: `1,5` and `0,500` are no
/// grouped numbers. A currency sign stands in front or behind, a minus before or after it; a typographic minus
/// (U+2212) is a minus.
struct NotatedNumber {
  /// The value: of per cent the hundredth, of a date the days since 1970-01-01.
  let value: Double
  /// The notation.
  let notation: NumberNotation

  /// The number that `text` writes with this decimal mark; `nil` for anything else, and for infinities.
  init?(_ text: String, _ decimal: FieldNotation.DecimalMark) {
    // No number has more characters than this.
    guard !text.isEmpty, text.utf8.count <= 64 else { return nil }
    if let days = ISODate.days(text) {
      (value, notation) = (days, NumberNotation(unit: NumberNotation.date))
      return
    }
    var rest = Substring(text)
    var isNegative = false
    func takeSign() {
      guard let first = rest.first, first == "-" || first == "\u{2212}" || first == "+" else { return }
      isNegative = first != "+"
      rest = rest.dropFirst()
    }
    takeSign()
    let hasSign = rest.count < text.count
    var unit: String?
    if let first = rest.first, Self.isCurrency(String(first)) {
      unit = String(first)
      rest = Self.trimmed(rest.dropFirst())
      if !hasSign { takeSign() }
    } else if let last = rest.last, last == "%" || Self.isCurrency(String(last)) {
      unit = String(last)
      rest = Self.trimmed(rest.dropLast())
    }
    guard let (size, separator) = Self.magnitude(rest, decimal) else { return nil }
    let number = isNegative ? -size : size
    value = unit == NumberNotation.percent ? number / 100 : number
    notation = NumberNotation(unit: unit, separator: separator)
  }

  /// Separators of thousands: comma, point, apostrophes, blanks; the decimal mark is none.
  static let separators = ",.'\u{2019} \u{A0}\u{202F}"

  /// Whether `sign` is one currency sign.
  static func isCurrency(_ sign: String) -> Bool {
    sign.unicodeScalars.count == 1 && sign.unicodeScalars.first?.properties.generalCategory == .currencySymbol
  }

  /// The unsigned number of `digits`, and its separator if it has one.
  private static func magnitude(
    _ digits: Substring, _ decimal: FieldNotation.DecimalMark
  ) -> (value: Double, separator: String?)? {
    guard let first = digits.first, first.isASCII, first.isNumber || String(first) == decimal.rawValue else {
      return nil
    }
    let mark = Character(decimal.rawValue)
    guard let separator = digits.first(where: { $0 != mark && separators.contains($0) }) else {
      // A point that is not the decimal mark would be read as one.
      return decimalValue(digits.replacing(decimal.rawValue, with: ".")).map { ($0, nil) }
    }
    let parts = digits.split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
    let groups = parts[0].split(separator: separator, omittingEmptySubsequences: false)
    guard groups.count > 1, (1...3).contains(groups[0].count), groups[0].first != "0",
      groups.dropFirst().allSatisfy({ $0.count == 3 }), groups.allSatisfy({ $0.allSatisfy(isDigit) }),
      parts.dropFirst().allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) })
    else { return nil }
    return decimalValue(groups.joined() + (parts.count > 1 ? "." + parts[1] : "")).map { ($0, String(separator)) }
  }

  private static func decimalValue(_ text: some StringProtocol) -> Double? {
    var text = String(text)
    return text.withUTF8 { DecimalNumber.parse($0) }
  }

  private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " || text.first == "\u{A0}" { text = text.dropFirst() }
    while text.last == " " || text.last == "\u{A0}" { text = text.dropLast() }
    return text
  }
}
