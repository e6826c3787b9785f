extension ColumnAccumulator {
  /// The doubt about a column taken for text: most of its levels look like numbers in another notation or stand beside
  /// marks for missing values (checked only if `mayBeNumbers`), or nearly every row has its own level. `nil` for none.
  func doubt(rowCount: Int, mayBeNumbers: Bool) -> String? {
    guard isCategorical == true else { return nil }
    let levels = levels.map(\.level)
    let numbers = levels.count(where: DecimalNumber.isMeant)
    guard let first = levels.first else { return nil }
    if mayBeNumbers, 2 * numbers > levels.count {
      let example = levels.first { Double($0)?.isFinite != true } ?? first
      return
        "column \"\(name)\" is taken for text with \(levels.count) levels, such as \"\(example)\", though most look "
        + "like numbers: write numbers as 1234.5 and missing values as nothing or NA, or declare it by --categorical"
    }
    guard levels.count >= 5, hasLevelForMostRows(rowCount: rowCount) else { return nil }
    return
      "column \"\(name)\" is text with \(levels.count) levels in \(rowCount) rows, such as \"\(first)\": a coefficient "
      + "for nearly each row explains anything; leave the column out, or declare it by --categorical"
  }
}

extension ColumnAccumulator {
  /// The number of levels up to which a fit is tried whatever the number of rows.
  private static var modestLevelCount: Int { 20_000 }

  private func hasLevelForMostRows(rowCount: Int) -> Bool { Double(levelCount) > 0.8 * Double(rowCount) }

  /// Whether the column is text with a level of its own in nearly each of many rows.
  func namesRows(rowCount: Int) -> Bool {
    isCategorical == true && levelCount > Self.modestLevelCount && hasLevelForMostRows(rowCount: rowCount)
  }
}

extension DecimalNumber {
  /// Whether a text that `parse` rejects is meant as a number: it has digits, with points, commas, blanks, apostrophes,
  /// signs of any kind, an exponent, a currency or a per cent sign among them; or it is an infinity.
  static func isMeant(_ text: String) -> Bool {
    let marks = Set<Character>("0123456789.,'\u{2019}\u{A0}\u{202F} +-\u{2212}\u{2013}eE%$\u{20AC}\u{A3}()")
    if text.allSatisfy(marks.contains) { return text.contains { $0.isASCII && $0.isNumber } }
    return ["inf", "infinity"].contains(text.lowercased().drop { "+-".contains($0) })
  }
}
