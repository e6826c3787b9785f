extension Table {
  /// The number that is best in each column; `nil` where none is sought, or where it would say nothing.
  ///
  /// Nothing is set off in a column with fewer than two numbers, or whose numbers are all equal. Numbers that are not
  /// finite do not compete.
  func bestValues() -> [Double?] {
    columns.indices.map { index in
      guard let best = columns[index].best else { return nil }
      let values = rows.indices.compactMap { cell($0, index).value }.filter(\.isFinite)
      guard let low = values.min(), let high = values.max(), low < high else { return nil }
      return best == .highest ? high : low
    }
  }
}
