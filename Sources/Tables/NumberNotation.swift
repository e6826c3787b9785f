/// How a column writes its numbers beyond plain decimals: their unit, and a separator of thousands.
package struct NumberNotation: Hashable, Codable, Sendable {
  /// The unit of per cent: `45%` is 0.45.
  static let percent = "%"
  /// The unit of ISO 8601 dates: `1970-01-02` is 1.
  package static let date = "date"

  /// A currency sign, `%` or `date`; `nil` for none. All values of a column have the same.
  package var unit: String?
  /// The separator between thousands; `nil` for none.
  package var separator: String?

  /// A notation; by default of plain decimals.
  package init(unit: String? = nil, separator: String? = nil) {
    self.unit = unit
    self.separator = separator
  }

  /// Whether a value in the notation `other` is one of the column's.
  func accepts(_ other: NumberNotation) -> Bool {
    unit == other.unit && (other.separator == nil || other.separator == separator)
  }

  /// The notation of a column with values in this notation and in `other`; `nil` if they contradict each other.
  func merged(with other: NumberNotation) -> NumberNotation? {
    guard unit == other.unit, separator == nil || other.separator == nil || separator == other.separator else {
      return nil
    }
    return NumberNotation(unit: unit, separator: separator ?? other.separator)
  }

  /// Whether the notation is one that ``NotatedNumber`` reads.
  package var isKnown: Bool {
    let isUnit = unit.map { $0 == Self.percent || $0 == Self.date || NotatedNumber.isCurrency($0) } ?? true
    return isUnit && separator.map { $0.count == 1 && NotatedNumber.separators.contains($0) } ?? true
  }

  /// The sentence that says how a column is read, with an example.
  func sentence(column: String, example: (text: String, value: Double)) -> String {
    let reading = "column \"\(column)\" is read as "
    let value = Int(exactly: example.value).map(String.init) ?? String(example.value)
    let equation = " (\"\(example.text)\" is \(value))"
    guard unit != Self.date else {
      return reading + "dates, in days since 1970-01-01\(equation); --categorical takes them for levels"
    }
    var kind = unit == Self.percent ? "shares, written in per cent" : "numbers"
    let marks = [unit == Self.percent ? nil : unit, separator.map { "\"\($0)\" between thousands" }].compactMap { $0 }
    if !marks.isEmpty {
      kind += (unit == Self.percent ? " and " : ", written with ") + marks.joined(separator: " and ")
    } else if unit == nil {
      kind += ", written with a typographic minus"
    }
    return reading + kind + equation
  }
}
