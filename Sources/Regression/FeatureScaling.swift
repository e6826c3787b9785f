import EspalierTables

/// Features in units of their standard deviations, and centred where that keeps rows as sparse as they are: a standardisation by the
/// statistics of a first pass, which streamed rows can have too.
///
/// `z_j = (a_j - mean_j) / deviation_j`. Sparse rows, and models without an intercept, are not centred. Coefficients of z become
/// those of a by `x_j = w_j / deviation_j`, and the intercept by `w_0 - sum_j mean_j x_j`.
struct FeatureScaling: Sendable {
  /// What is subtracted; 0 where rows are not centred.
  private let means: [Double]
  /// By what features are divided.
  let deviations: [Double]
  /// What is still to be subtracted from scaled features to centre them: of sparse rows.
  let shifts: [Double]?

  /// The standardisation of features; a constant one stays as it is.
  init(_ features: [FeatureSummary], centred: Bool) {
    deviations = features.map { $0.deviation > 0 ? $0.deviation : 1 }
    means = features.map { centred && $0.deviation > 0 ? $0.mean : 0 }
    shifts = centred ? nil : zip(features, deviations).map { $0.mean / $1 }
  }

  /// Standardises dense rows.
  func apply(to values: inout [Double]) {
    var feature = 0
    for place in values.indices {
      values[place] = (values[place] - means[feature]) / deviations[feature]
      feature = feature + 1 == means.count ? 0 : feature + 1
    }
  }

  /// Scales the values of sparse rows.
  func apply(to values: inout [Double], columns: [Int32]) {
    for place in values.indices { values[place] /= deviations[Int(columns[place])] }
  }

  /// Coefficients (and, behind them, the intercept if there is one) for features as they are.
  func restore(_ solution: [Double]) -> [Double] {
    var result = solution
    for feature in means.indices { result[feature] /= deviations[feature] }
    if result.count > means.count {
      result[means.count] -= zip(means, result).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return result
  }
}
