extension ColumnAccumulator {
  /// The doubt about a column taken for text: most of its levels look like numbers in another notation or stand beside
  /// marks for missing values (checked only if `mayBeNumbers`), or nearly every row has its own level. `nil` for none.
  func doubt(rowCount: Int, mayBeNumbers: Bool) -> String? {
    guard isCategorical == true else { return nil }
    let levels = levels
    guard let first = levels.first?.level else { return nil }
    if mayBeNumbers, let doubt = doubtOfNumbers(levels) { return doubt }
    guard levels.count >= 5, hasLevelForMostRows(rowCount: rowCount) else { return nil }
    return
      "column \"\(name)\" is text with \(levels.count) levels in \(rowCount) rows, such as \"\(first)\": a coefficient "
      + "for nearly each row explains anything; leave the column out, or declare it by --categorical"
  }
}

extension ColumnAccumulator {
  /// The doubt about levels most of which are meant as numbers; `nil` for others.
  private func doubtOfNumbers(_ levels: [(level: String, count: Int)]) -> String? {
    let others = levels.filter { !DecimalNumber.isMeant($0.level) }
    guard levels.count > 2 * others.count else { return nil }
    let start = "column \"\(name)\" is taken for text with \(levels.count) levels, "
    let end = "--categorical says that it is text"
    if !others.isEmpty, others.count <= 3 {
      let marks = others.map(\.level)
      let rows = others.reduce(0) { $0 + $1.count }
      return start + "though it holds numbers but for \(marks.map { "\"\($0)\"" }.listed()) in \(rows) "
        + "\(rows == 1 ? "row" : "rows"): --missing-values '\(marks.joined(separator: ","))' takes that for missing, "
        + end
    }
    let example = levels.map(\.level).first { Double($0)?.isFinite != true } ?? levels[0].level
    let hasCommas = levels.contains { NotatedNumber($0.level, .point) == nil && NotatedNumber($0.level, .comma) != nil }
    return start + "such as \"\(example)\", though most look like numbers: "
      + (hasCommas ? "--decimal , reads commas as decimal marks, " : "write them in one notation, ")
      + "--missing-values names marks of missing values, " + end
  }

  /// The number of levels up to which a fit is tried whatever the number of rows.
  private static var modestLevelCount: Int { 20_000 }

  private func hasLevelForMostRows(rowCount: Int) -> Bool { Double(levelCount) > 0.8 * Double(rowCount) }

  /// Whether the column is text with a level of its own in nearly each of many rows.
  func namesRows(rowCount: Int) -> Bool {
    isCategorical == true && levelCount > Self.modestLevelCount && hasLevelForMostRows(rowCount: rowCount)
  }
}

extension DecimalNumber {
  /// Whether a text is meant as a number: it has digits, with points, commas, blanks, apostrophes, signs of any kind,
  /// an exponent, a currency or a per cent sign among them.
  static func isMeant(_ text: String) -> Bool {
    let marks = Set<Character>("0123456789.,'\u{2019}\u{A0}\u{202F} +-\u{2212}\u{2013}eE%()")
    return text.contains { $0.isASCII && $0.isNumber }
      && text.allSatisfy { marks.contains($0) || NotatedNumber.isCurrency(String($0)) }
  }
}
