extension Table {
  /// The best number in each column; `nil` if none is to be marked.
  ///
  /// A column with fewer than two numbers, or with equal numbers, has no mark. Non-finite numbers are ignored.
  func bestValues() -> [Double?] {
    columns.indices.map { index in
      guard let best = columns[index].best else { return nil }
      let values = rows.indices.compactMap { cell($0, index).value }.filter(\.isFinite)
      guard let low = values.min(), let high = values.max(), low < high else { return nil }
      return best == .highest ? high : low
    }
  }
}
