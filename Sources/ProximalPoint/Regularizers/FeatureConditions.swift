/// What a penalty does not treat alike for all features: factors of its strength, and bounds of coefficients.
///
/// The penalty of feature j is `factor_j r(x_j)`, infinite unless `lower_j <= x_j <= upper_j`, in the units of the
/// coefficients of the features as they are.
package struct FeatureConditions: Hashable, Sendable {
  /// The factor of the strength of each feature, not negative; 0 for no penalty.
  package var factors: [Double]
  /// The least coefficients.
  package var lower: [Double]
  /// The greatest coefficients.
  package var upper: [Double]

  /// No conditions on so many features.
  package init(features: Int) {
    factors = [Double](repeating: 1, count: features)
    lower = [Double](repeating: -.infinity, count: features)
    upper = [Double](repeating: .infinity, count: features)
  }

  /// Whether a coefficient is bounded.
  package var hasBounds: Bool { lower.contains { $0 > -.infinity } || upper.contains { $0 < .infinity } }

  /// The conditions of some of the features, in their order.
  func restricted(to features: [Int]) -> FeatureConditions {
    var result = self
    result.factors = features.map { factors[$0] }
    result.lower = features.map { lower[$0] }
    result.upper = features.map { upper[$0] }
    return result
  }
}
