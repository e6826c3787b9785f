import EspalierFiles
import EspalierProximalPoint
import EspalierTables

/// Examples with dense or sparse rows.
enum TableExamples: Sendable {
  case dense(Examples<DenseRows>)
  case sparse(Examples<SparseRows>)

  /// The examples of `rows`, with scaled features.
  ///
  /// Weights are divided by their mean (`meanWeight`, or that of these rows if `nil`): the average loss is that of
  /// weighted rows, `sum_i w_i l_i / sum_i w_i`, independent of the weights' unit and of rows of weight 0.
  ///
  /// - Throws: `EspalierError` if the family does not accept a target, or all weights are 0.
  init(
    _ rows: Rows, family: Family, intercept: Bool, scaling: FeatureScaling?, meanWeight: Double? = nil
  ) throws(EspalierError) {
    let targets = family.hasSignedClasses ? rows.targets.map { 2 * $0 - 1 } : rows.targets
    let offsets = rows.offsets.isEmpty ? nil : rows.offsets
    var weights: [Double]?
    if !rows.weights.isEmpty {
      let mean = meanWeight ?? rows.weights.reduce(0, +) / Double(rows.count)
      guard mean > 0, mean.isFinite else { throw .weightsWithoutSum(mean) }
      weights = rows.weights.map { $0 / mean }
    }
    switch rows.features {
    case .dense(var values):
      scaling?.apply(to: &values)
      let features =
        rows.featureCount == 0
        ? DenseRows(withoutFeatures: rows.count) : try DenseRows(dimension: rows.featureCount, values)
      self = .dense(
        try Examples(features, targets: targets, offsets: offsets, weights: weights, intercept: intercept))
    case .sparse(let starts, let columns, var values):
      scaling?.apply(to: &values, columns: columns)
      let features = try SparseRows(dimension: rows.featureCount, starts: starts, columns: columns, values: values)
      self = .sparse(
        try Examples(features, targets: targets, offsets: offsets, weights: weights, intercept: intercept))
    }
  }

  /// The number of examples.
  var count: Int {
    switch self {
    case .dense(let examples): examples.count
    case .sparse(let examples): examples.count
    }
  }
}

extension EspalierError {
  /// The error for weights whose mean is not a positive number.
  static func weightsWithoutSum(_ mean: Double) -> EspalierError {
    EspalierError(
      .data, "the weights", mean == 0 ? "are all 0" : "have the mean \(mean)",
      remedy: "give some rows a positive, finite weight")
  }
}
