extension Rows {
  /// The rows at these positions, in this order.
  package func selecting(_ positions: [Int]) -> Rows {
    var builder = RowBuilder(featureCount: featureCount, isSparse: isSparse)
    for row in positions {
      builder.beginRow()
      forEachFeature(of: row) { builder.set($0, to: $1) }
      builder.endRow(
        target: targets.isEmpty ? nil : targets[row], weight: weights.isEmpty ? nil : weights[row],
        offset: offsets.isEmpty ? nil : offsets[row])
    }
    return builder.finish()
  }

  /// Whether features are stored sparse.
  package var isSparse: Bool {
    if case .sparse = features { true } else { false }
  }

  /// Calls `body` with the position and value of each stored feature of a row.
  package func forEachFeature(of row: Int, _ body: (Int, Double) -> Void) {
    switch features {
    case .dense(let values):
      for feature in 0..<featureCount { body(feature, values[row * featureCount + feature]) }
    case .sparse(let starts, let columns, let values):
      for place in starts[row]..<starts[row + 1] { body(Int(columns[place]), values[place]) }
    }
  }
}
