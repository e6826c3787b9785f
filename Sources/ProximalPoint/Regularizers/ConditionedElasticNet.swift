/// An elastic net with conditions on features: `sum_j factor_j (l1 |x_j| + l2 x_j^2 / 2)` within bounds.
///
/// Methods on all examples apply the conditions by coordinate (``CoordinatePenalty``). The functions of one number are
/// those of the elastic net alone, which is what stochastic steps would see: they are not taken with conditions.
package struct ConditionedElasticNet: ElasticRegularizer {
  private let net: ElasticNet
  /// The conditions.
  package let conditions: FeatureConditions

  /// The regulariser of two strengths and conditions.
  package init(l1: Double, l2: Double, _ conditions: FeatureConditions) {
    net = ElasticNet(l1: l1, l2: l2)
    self.conditions = conditions
  }

  /// The factor of the absolute values.
  package var l1: Double { net.l1 }

  /// The factor of half the squares.
  package var l2: Double { net.l2 }

  /// The name in reports.
  package var name: String { "\(net.name), by feature" }

  /// That of the elastic net.
  package func value(_ x: Double) -> Double { net.value(x) }

  /// That of the elastic net.
  package func subdifferential(_ x: Double) -> ClosedRange<Double> { net.subdifferential(x) }

  /// That of the elastic net.
  package func proximal(_ x: Double, step: Double) -> Double { net.proximal(x, step: step) }

  /// That of the elastic net.
  package func slope(_ x: Double, step: Double) -> Double { net.slope(x, step: step) }
}

extension Regularizer {
  /// The regulariser of some of the features, in their order.
  func restricted(to features: [Int]) -> Self {
    guard let net = self as? ConditionedElasticNet else { return self }
    let own = ConditionedElasticNet(l1: net.l1, l2: net.l2, net.conditions.restricted(to: features))
    return own as? Self ?? self
  }
}
