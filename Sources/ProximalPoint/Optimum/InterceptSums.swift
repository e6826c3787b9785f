/// Sums over examples of what a loss is without features, at some intercepts at once.
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
    /// How far the loss is above its infimum.
    var deviance = 0.0
    /// How much of the derivatives may be rounding of the predictors, in units of the machine's.
    var rounding = 0.0

    init(at intercept: Double) { self.intercept = intercept }
  }

  /// The sums by intercept.
  private(set) var points: [Point]

  /// No sums yet.
  package init(at intercepts: [Double]) {
    points = intercepts.map(Point.init)
  }

  /// Adds those of examples.
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
        point.deviance += weight * (loss.value(g, target) - loss.minimum(target))
        point.rounding += curvature * abs(g)
      }
      points[place] = point
    }
  }
}

extension [InterceptSums.Point] {
  /// The point whose slopes are the nearest to cancelling each other.
  var nearest: InterceptSums.Point {
    reduce(self[0]) { abs($1.slope) < abs($0.slope) ? $1 : $0 }
  }

  /// Between which intercepts the slope, which increases, changes its sign, infinite where that is not known yet; `nil`
  /// where it is small beside its terms at one of the points, which are in order.
  func bracket(count: Int) -> (low: Double, high: Double)? {
    guard !contains(where: { abs($0.slope) <= 1e-2 * ($0.square * Double(count)).squareRoot() }) else { return nil }
    return (last { $0.slope < 0 }?.intercept ?? -.infinity, first { $0.slope > 0 }?.intercept ?? .infinity)
  }
}
