/// A regulariser in an objective's coordinates, whatever their units: `sum_j r(x_j / scale_j)` over the coefficients of
/// features.
///
/// Coordinates lie in blocks, one for each linear predictor: the coefficients of the features, then the intercept, if
/// any, which is not regularised.
package struct CoordinatePenalty<R: Regularizer>: Sendable {
  /// The function r.
  package let regularizer: R
  /// The number of coordinates of a block that belong to features.
  let features: Int
  /// The number of coordinates of a block.
  package let block: Int
  /// The units of a block's features; `nil` if all are 1.
  let scales: [Double]?
  /// The factors of absolute values and half the squares, in units of the scales; `nil` for any other regulariser.
  private let factors: (l1: Double, l2: Double)?
  /// What is not alike for all features; `nil` for nothing.
  private let conditions: FeatureConditions?

  /// The regulariser of these coordinates.
  package init(_ regularizer: R, features: Int, block: Int, scales: [Double]? = nil) {
    self.regularizer = regularizer
    self.features = features
    self.block = block
    self.scales = scales
    conditions = (regularizer as? ConditionedElasticNet)?.conditions
    let isBounded = conditions?.hasBounds ?? false
    factors = isBounded ? nil : (regularizer as? any ElasticRegularizer).map { ($0.l1, $0.l2) }
  }

  /// The regulariser of only these features of a block, in their order, and of what is not regularised.
  func restricted(to features: [Int]) -> CoordinatePenalty {
    CoordinatePenalty(
      regularizer.restricted(to: features), features: features.count, block: features.count + block - self.features,
      scales: scales.map { scales in features.map { scales[$0] } })
  }

  /// Whether the regulariser consists of absolute values and squares.
  var isElastic: Bool { factors != nil }

  /// Whether the regulariser is quadratic, or none.
  var isQuadratic: Bool { factors?.l1 == 0 }

  /// Whether nothing is added to the loss in a coordinate.
  func isFree(_ coordinate: Int) -> Bool {
    guard applies(to: coordinate), !(regularizer is NoRegularizer) else { return true }
    return conditions != nil && factor(coordinate) == 0 && bounds(coordinate) == nil
  }

  /// Whether a coordinate is regularised.
  func applies(to coordinate: Int) -> Bool { coordinate % block < features }

  /// The sum over all coordinates.
  func value(_ x: [Double]) -> Double {
    x.indices.reduce(0) { $0 + value(x[$1], at: $1) }
  }

  /// The term of one coordinate.
  func value(_ x: Double, at coordinate: Int) -> Double {
    applies(to: coordinate) ? factor(coordinate) * regularizer.value(x / scale(coordinate)) : 0
  }

  /// The minimiser of the coordinate's term plus `(y - x)^2 / (2 step)`: a step of `step / scale^2` in the
  /// regulariser's own units.
  func proximal(_ x: Double, at coordinate: Int, step: Double) -> Double {
    guard applies(to: coordinate) else { return x }
    let scale = scale(coordinate)
    let nearest = scale * regularizer.proximal(x / scale, step: factor(coordinate) * step / (scale * scale))
    return bounds(coordinate).map { min(max(nearest, $0.lowerBound), $0.upperBound) } ?? nearest
  }

  /// The factor of half the square of a coordinate, for an elastic regulariser.
  func strength(at coordinate: Int) -> Double {
    guard let factors, applies(to: coordinate) else { return 0 }
    let scale = scale(coordinate)
    return factor(coordinate) * factors.l2 / (scale * scale)
  }

  /// The factor of the absolute value of a coordinate, for an elastic regulariser.
  func threshold(at coordinate: Int) -> Double {
    guard let factors, applies(to: coordinate) else { return 0 }
    return factor(coordinate) * factors.l1 / scale(coordinate)
  }

  /// The change of a linear model with this gradient, and of the regulariser, along a step; negative for the minimum of
  /// a convex model of the same gradient.
  func promise(of direction: [Double], from x: [Double], gradient: [Double]) -> Double {
    var promise = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
    for j in x.indices { promise += value(x[j] + direction[j], at: j) - value(x[j], at: j) }
    return promise
  }

  /// The subgradient of least magnitude of the regulariser plus a loss of this slope: 0 if the coordinate is optimal,
  /// infinite if it is out of its bounds.
  func leastSubgradient(slope: Double, _ x: Double, at coordinate: Int) -> Double {
    guard applies(to: coordinate) else { return slope }
    let scale = scale(coordinate)
    let own = regularizer.subdifferential(x / scale)
    let unit = factor(coordinate) / scale
    var (low, high) = (slope + unit * own.lowerBound, slope + unit * own.upperBound)
    if let bounds = bounds(coordinate) {
      let (below, above) = (bounds.lowerBound - x, x - bounds.upperBound)
      guard below <= 1e-9 * abs(bounds.lowerBound), above <= 1e-9 * abs(bounds.upperBound) else { return .infinity }
      if x <= bounds.lowerBound { low = -.infinity }
      if x >= bounds.upperBound { high = .infinity }
    }
    return low > 0 ? low : min(high, 0)
  }

  /// Projects coordinates onto the constraint.
  func project(_ x: inout [Double]) {
    if conditions?.hasBounds == true {
      for place in x.indices { if let b = bounds(place) { x[place] = min(max(x[place], b.lowerBound), b.upperBound) } }
    }
    guard !R.dependsOnStep else { return }
    for coordinate in x.indices { x[coordinate] = proximal(x[coordinate], at: coordinate, step: 1) }
  }

  private func scale(_ coordinate: Int) -> Double { scales?[coordinate % block] ?? 1 }

  /// The factor of the regulariser in a coordinate of a feature.
  private func factor(_ coordinate: Int) -> Double { conditions?.factors[coordinate % block] ?? 1 }

  /// The bounds of a coordinate of a feature; `nil` for none.
  private func bounds(_ coordinate: Int) -> ClosedRange<Double>? {
    guard let conditions, applies(to: coordinate) else { return nil }
    let feature = coordinate % block
    guard conditions.lower[feature] > -.infinity || conditions.upper[feature] < .infinity else { return nil }
    return conditions.lower[feature] * scale(coordinate)...conditions.upper[feature] * scale(coordinate)
  }
}
