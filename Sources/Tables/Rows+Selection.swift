extension Rows {
  /// The rows at these positions, in this order.
  package func selecting(_ positions: [Int]) -> Rows {
    var builder = RowBuilder(featureCount: featureCount, isSparse: isSparse)
    for row in positions {
      builder.beginRow()
      forEachFeature(of: row) { builder.set($0, to: $1) }
      builder.endRow(
        target: targets.isEmpty ? nil : targets[row], weight: weights.isEmpty ? nil : weights[row],
        offset: offsets.isEmpty ? nil : offsets[row], cluster: clusters.isEmpty ? nil : clusters[row])
    }
    return builder.finish()
  }

  /// A range of rows.
  package func selecting(_ range: Range<Int>) -> Rows {
    guard case .dense(let values) = features else { return selecting(Array(range)) }
    func part(_ values: [Double]) -> [Double] { values.isEmpty ? [] : Array(values[range]) }
    var result = self
    result.features = .dense(Array(values[range.lowerBound * featureCount..<range.upperBound * featureCount]))
    (result.targets, result.weights, result.offsets) = (part(targets), part(weights), part(offsets))
    result.clusters = clusters.isEmpty ? [] : Array(clusters[range])
    result.count = range.count
    return result
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
