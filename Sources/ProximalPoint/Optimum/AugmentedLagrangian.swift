import EspalierLinearAlgebra

/// The minimum of `|A x - b|^2 / 2 + R(x)` with fewer rows than columns and an elastic regulariser, by a semismooth
/// Newton method on augmented Lagrangians (X. Li, D. Sun, K.-C. Toh, SIAM Journal on Optimization 2018).
///
/// Proximal point steps `x+ = argmin |A x - b|^2 / 2 + R(x) + |x - x_k|^2 / (2 sigma)` with growing sigma are taken on
/// their duals of n variables: y solves `y - b + A prox_{sigma R}(x_k + sigma A^T y) = 0`, the gradient of the convex
///
///     psi(y) = |y|^2 / 2 - b^T y + sum_j (1 + sigma l2_j) p_j^2 / (2 sigma),   p = prox_{sigma R}(x_k + sigma A^T y),
///
/// by Newton's method: `(I + sigma A_J diag(1 / (1 + sigma l2)) A_J^T) delta = -psi'(y)` over the columns J with `p_j
/// != 0`. Then `x+ = p`. Correlated columns only make these small systems worse conditioned, and the number of columns
/// counts in products alone.
///
/// Complexity of a Newton iteration: O(nnz + n^2 (|J| + n)).
struct AugmentedLagrangian<Rows: FeatureRows, R: Regularizer> {
  let model: RowModel<Rows>
  let penalty: CoordinatePenalty<R>
  /// The average curvature of the loss, the unit of `1 / sigma`.
  let curvature: Double

  /// A point of the dual, and what follows from it.
  private struct Point {
    var y: [Double]
    var x: [Double]
    var gradient: [Double]
    var value: Double

    var size: Double { gradient.reduce(0) { $0 + $1 * $1 } }
  }

  private static var maximumSteps: Int { 40 }
  private static var maximumIterations: Int { 60 }

  /// The minimum, to a subgradient of this size, from `start`.
  ///
  /// - Parameter raise: The curvature, in units of the average one, of one single proximal point step, or 0.
  func minimum(from start: [Double], accuracy: Double, raise: Double) -> [Double] {
    var x = Array(start.prefix(model.features))
    var y = zip(model.target, model.product(x)).map(-)
    var sigma = raise > 0 ? 1 / (raise * curvature) : 100 / curvature
    for _ in 0..<Self.maximumSteps {
      let (point, missed) = step(from: x, y: y, sigma, accuracy: accuracy)
      let moved = zip(point.x, x).reduce(0) { max($0, abs($1.0 - $1.1)) }
      (x, y) = (point.x, point.y)
      guard raise == 0, x.allSatisfy(\.isFinite), moved / sigma + missed > accuracy else { break }
      sigma = min(5 * sigma, 1e9 / curvature)
    }
    return x
  }

  /// One proximal point step, and the largest gradient that its dual leaves.
  private func step(
    from x: [Double], y: [Double], _ sigma: Double, accuracy: Double
  ) -> (point: Point, missed: Double) {
    var point = self.point(y, from: x, sigma)
    var missed = Double.infinity
    for _ in 0..<Self.maximumIterations {
      missed = model.transposedProduct(point.gradient).reduce(0) { max($0, abs($1)) }
      let moved = zip(point.x, x).reduce(0) { max($0, abs($1.0 - $1.1)) }
      if !(missed > 0.1 * max(accuracy, moved / sigma)) { break }
      guard let next = newton(point, from: x, sigma) else { break }
      point = next
    }
    return (point, missed)
  }

  private func point(_ y: [Double], from x: [Double], _ sigma: Double) -> Point {
    var next = model.transposedProduct(y)
    var value = zip(y, model.target).reduce(0) { $0 + $1.0 * (0.5 * $1.0 - $1.1) }
    for j in next.indices {
      next[j] = penalty.proximal(x[j] + sigma * next[j], at: j, step: sigma)
      value += (1 + sigma * penalty.strength(at: j)) * next[j] * next[j] / (2 * sigma)
    }
    let fitted = model.product(next)
    return Point(y: y, x: next, gradient: y.indices.map { y[$0] - model.target[$0] + fitted[$0] }, value: value)
  }

  /// The point after a Newton step with line search; `nil` if none is lower.
  private func newton(_ point: Point, from x: [Double], _ sigma: Double) -> Point? {
    let active = point.x.indices.filter { point.x[$0] != 0 }
    let columns = model.columns(
      active, times: active.map { (sigma / (1 + sigma * penalty.strength(at: $0))).squareRoot() })
    var system = Matrix.product(columns, columns, transposingSecond: true)
    for row in 0..<system.rows { system[row, row] += 1 }
    guard let factor = ScaledCholesky(system) else { return nil }
    let direction = factor.solve(point.gradient.map { -$0 })
    let slope = zip(direction, point.gradient).reduce(0) { $0 + $1.0 * $1.1 }
    var fraction = 1.0
    while fraction > 1e-10 {
      let next = self.point(zip(point.y, direction).map { $0 + fraction * $1 }, from: x, sigma)
      // Near the minimum, values are rounding and gradients are not.
      if next.value <= point.value + 1e-4 * fraction * slope || next.size < 0.25 * point.size { return next }
      fraction *= 0.5
    }
    return nil
  }
}
