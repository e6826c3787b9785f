import EspalierTables

/// Features divided by their standard deviations, and centred if that keeps rows sparse: a standardisation by the
/// statistics of a first pass, available for streamed rows too.
///
/// `z_j = (a_j - mean_j) / deviation_j`. Sparse rows, and models without an intercept, are not centred. Coefficients w
/// of z become those of a by `x_j = w_j / deviation_j`, and the intercept by `w_0 - sum_j mean_j x_j`.
struct FeatureScaling: Sendable {
  /// The numbers subtracted; 0 if rows are not centred.
  let means: [Double]
  /// The numbers that divide the features.
  let deviations: [Double]
  /// The shifts that would centre the scaled features of sparse rows; `nil` for none.
  let shifts: [Double]?

  /// The standardisation of features; a constant feature is unchanged.
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

  /// Coefficients (followed by the intercept, if any) of the original features.
  func restore(_ solution: [Double]) -> [Double] {
    var result = solution
    for feature in means.indices { result[feature] /= deviations[feature] }
    if result.count > means.count {
      result[means.count] -= zip(means, result).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return result
  }
}
