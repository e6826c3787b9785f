/// Sums over examples of a loss without features, at several intercepts at once.
package struct InterceptSums: Sendable {
  /// The sums at one intercept.
  struct Point: Sendable {
    let intercept: Double
    /// The derivatives of the loss.
    var slope = 0.0
    /// Their squares.
    var square = 0.0
    /// The second derivatives.
    var curvature = 0.0
    /// The excess of the loss over its infimum.
    var deviance = 0.0
    /// That infimum.
    var floor = 0.0
    /// The rounding of the predictors that enters the derivatives, in units of the machine's precision.
    var rounding = 0.0

    init(at intercept: Double) { self.intercept = intercept }
  }

  /// The sums by intercept.
  private(set) var points: [Point]

  /// Empty sums.
  package init(at intercepts: [Double]) {
    points = intercepts.map(Point.init)
  }

  /// Adds the terms of examples.
  package mutating func add<Rows: FeatureRows>(_ loss: any Loss, _ examples: Examples<Rows>) {
    add(loss, examples.targets, examples.offsets, examples.weights)
  }

  private mutating func add(_ loss: some Loss, _ targets: [Double], _ offsets: [Double]?, _ weights: [Double]?) {
    for place in points.indices {
      var point = points[place]
      for row in targets.indices {
        let (target, weight) = (targets[row], weights?[row] ?? 1)
        let g = point.intercept + (offsets?[row] ?? 0)
        let slope = loss.derivative(g, target)
        let curvature = weight * loss.curvature(g, target)
        point.slope += weight * slope
        point.square += weight * slope * slope
        point.curvature += curvature
        let floor = loss.minimum(target)
        point.deviance += weight * (loss.value(g, target) - floor)
        point.floor += weight * floor
        point.rounding += curvature * abs(g)
      }
      points[place] = point
    }
  }
}

extension [InterceptSums.Point] {
  /// The point whose slopes come nearest to cancelling each other.
  var nearest: InterceptSums.Point {
    reduce(self[0]) { abs($1.slope) < abs($0.slope) ? $1 : $0 }
  }

  /// The intercepts between which the increasing slope changes sign, infinite where not yet known; `nil` if at one of
  /// the points, which are in order, the slope is small relative to its terms.
  func bracket(count: Int) -> (low: Double, high: Double)? {
    guard !contains(where: { abs($0.slope) <= 1e-2 * ($0.square * Double(count)).squareRoot() }) else { return nil }
    return (last { $0.slope < 0 }?.intercept ?? -.infinity, first { $0.slope > 0 }?.intercept ?? .infinity)
  }
}
