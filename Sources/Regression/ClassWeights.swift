import EspalierFiles
import EspalierTables

/// Factors of the weights of rows by their class.
package enum ClassWeights: Hashable, Sendable {
  /// `n / (K n_k)` for class k of K, with n_k of n rows: every class weighs the same (G. King, L. Zeng, Political
  /// Analysis 2001).
  case balanced
  /// The factors of some classes; 1 for the others.
  case factors([String: Double])
}

extension RegressionData {
  /// The same data with weights multiplied by factors of their classes.
  ///
  /// Complexity: a pass over the rows.
  ///
  /// - Throws: `EspalierError` if the target has no classes, there is no class of a name, or no weight is left.
  package func weighted(by classWeights: ClassWeights) throws(EspalierError) -> RegressionData {
    guard let classes else {
      throw EspalierError(.argument, "class weights", "are for a target of classes", remedy: "take a column of weights")
    }
    let (counts, sums) = try classSums(classes)
    let factors: [Double]
    switch classWeights {
    case .balanced:
      let present = counts.count { $0 > 0 }
      factors = counts.map { $0 > 0 ? Double(rowCount) / Double(present * $0) : 1 }
    case .factors(let named):
      if let unknown = named.keys.sorted().first(where: { !classes.contains($0) }) {
        throw EspalierError(
          .argument, "class weights", "name a class \"\(unknown)\"", remedy: "the classes are \(classes.listed())")
      }
      factors = classes.map { named[$0] ?? 1 }
    }
    let mean = zip(factors, sums).reduce(0) { $0 + $1.0 * $1.1 } / Double(rowCount)
    guard mean > 0, mean.isFinite else { throw .weightsWithoutSum(mean) }
    let source = TransformedSource(source, featureNames: source.featureNames) { rows, _ in
      rows.weighting(classes: factors)
    }
    return RegressionData(self, source: source, meanWeight: mean, keptRows: keptRows?.weighting(classes: factors))
  }

  /// The number of rows of each class, and the sums of their weights.
  private func classSums(_ classes: [String]) throws(EspalierError) -> (counts: [Int], sums: [Double]) {
    var counts = [Int](repeating: 0, count: classes.count)
    var sums = [Double](repeating: 0, count: classes.count)
    let counted = keptRows.map { RowsInMemory($0) as any RowSource } ?? source
    let reader = try counted.reader()
    while let rows = try reader.next(atMost: 8192) {
      for row in 0..<rows.count {
        guard let number = Int(exactly: rows.targets[row]), classes.indices.contains(number) else {
          throw EspalierError(
            .argument, "class weights", "are for classes, and a row has the share \(rows.targets[row])",
            remedy: "take a column of weights")
        }
        counts[number] += 1
        sums[number] += rows.weights.isEmpty ? 1 : rows.weights[row]
      }
    }
    return (counts, sums)
  }
}
