import Files
import ProximalPoint
import Tables

/// Examples with dense or with sparse rows.
enum TableExamples: Sendable {
  case dense(Examples<DenseRows>)
  case sparse(Examples<SparseRows>)

  /// The examples of `rows`, features scaled.
  init(
    _ rows: Rows, family: Family, intercept: Bool, scaling: FeatureScaling?
  ) throws(DataError) {
    let targets = family.hasSignedClasses ? rows.targets.map { 2 * $0 - 1 } : rows.targets
    let offsets = rows.offsets.isEmpty ? nil : rows.offsets
    let weights = rows.weights.isEmpty ? nil : rows.weights
    switch rows.features {
    case .dense(var values):
      scaling?.apply(to: &values)
      let features = try DenseRows(dimension: rows.featureCount, values)
      self = .dense(
        try Examples(features, targets: targets, offsets: offsets, weights: weights, intercept: intercept))
    case .sparse(let starts, let columns, var values):
      scaling?.apply(to: &values, columns: columns)
      let features = try SparseRows(dimension: rows.featureCount, starts: starts, columns: columns, values: values)
      self = .sparse(
        try Examples(features, targets: targets, offsets: offsets, weights: weights, intercept: intercept))
    }
  }

  /// How many examples there are.
  var count: Int {
    switch self {
    case .dense(let examples): examples.count
    case .sparse(let examples): examples.count
    }
  }
}
