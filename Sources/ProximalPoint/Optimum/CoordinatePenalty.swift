/// A regulariser of an objective's coordinates, whatever their units: `sum_j r(x_j / scale_j)` over the coefficients of
/// features.
///
/// Coordinates lie in blocks, one for each linear predictor: the coefficients of the features, and an intercept behind
/// them that is not regularised.
package struct CoordinatePenalty<R: Regularizer>: Sendable {
  /// The function r.
  package let regularizer: R
  /// How many coordinates of a block belong to features.
  let features: Int
  /// How many coordinates a block has.
  package let block: Int
  /// The units of a block's features; `nil` where all are 1.
  let scales: [Double]?
  /// The factor of half the squares, in units of the scales; `nil` of a regulariser that is not quadratic.
  private let factor: Double?

  /// The regulariser of these coordinates.
  package init(_ regularizer: R, features: Int, block: Int, scales: [Double]? = nil) {
    self.regularizer = regularizer
    self.features = features
    self.block = block
    self.scales = scales
    factor = (regularizer as? any QuadraticRegularizer)?.strength
  }

  /// Whether the regulariser is quadratic, or none.
  var isQuadratic: Bool { factor != nil }

  /// Whether a coordinate is regularised.
  func applies(to coordinate: Int) -> Bool { coordinate % block < features }

  /// The sum over all coordinates.
  func value(_ x: [Double]) -> Double {
    x.indices.reduce(0) { $0 + value(x[$1], at: $1) }
  }

  /// What one coordinate adds.
  func value(_ x: Double, at coordinate: Int) -> Double {
    applies(to: coordinate) ? regularizer.value(x / scale(coordinate)) : 0
  }

  /// The minimiser of what the coordinate adds and `(y - x)^2 / (2 step)`: in the regulariser's own units a step of
  /// `step / scale^2`.
  func proximal(_ x: Double, at coordinate: Int, step: Double) -> Double {
    guard applies(to: coordinate) else { return x }
    let scale = scale(coordinate)
    return scale * regularizer.proximal(x / scale, step: step / (scale * scale))
  }

  /// The factor of half the square of a coordinate, of a quadratic regulariser.
  func strength(at coordinate: Int) -> Double {
    guard let factor, applies(to: coordinate) else { return 0 }
    let scale = scale(coordinate)
    return factor / (scale * scale)
  }

  /// The subgradient of least magnitude, of a loss with this slope and of the regulariser: 0 where the coordinate is at
  /// its optimum.
  func leastSubgradient(slope: Double, _ x: Double, at coordinate: Int) -> Double {
    guard applies(to: coordinate) else { return slope }
    let scale = scale(coordinate)
    let own = regularizer.subdifferential(x / scale)
    let (low, high) = (slope + own.lowerBound / scale, slope + own.upperBound / scale)
    return low > 0 ? low : min(high, 0)
  }

  /// Moves coordinates to where a constraint allows them.
  func project(_ x: inout [Double]) {
    guard !R.dependsOnStep else { return }
    for coordinate in x.indices { x[coordinate] = proximal(x[coordinate], at: coordinate, step: 1) }
  }

  private func scale(_ coordinate: Int) -> Double { scales?[coordinate % block] ?? 1 }
}
