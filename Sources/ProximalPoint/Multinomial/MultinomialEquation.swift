/// The proximal step of one example with K classes: `xi = step (e_b - softmax(c + q xi))` in K unknowns, `q = ||a||^2`.
///
/// The coefficients `z_k + xi_k a` minimise `l(<a, y_1>, ..., <a, y_K>, b) + sum_k ||y_k - z_k||^2 / (2 step)`; the
/// features enter only by q. Newton steps on `E = xi - step (e_b - p)`: the matrix `I + step q (diag(p) - p p^T)` is
/// diagonal plus rank one,
///
///     delta = -(u + v (step q p^T u) / (sum_k p_k / (1 + step q p_k))),
///     u = E / (1 + step q p),    v = p / (1 + step q p),
///
/// so that a step costs O(K). It is halved until `phi = step l(c + q xi, b) + q ||xi||^2 / 2` decreases enough
/// (Armijo). Ends when no xi moves by more than 1e-14 of the largest, when the decrease is below the rounding of phi,
/// or after `maximumIterations`.
struct MultinomialEquation {
  static let maximumIterations = 200

  private let loss: MultinomialLogisticLoss
  private var shares: [Double]
  /// `1 - p` of the target, computed as the sum of the others, which is precise if it is small.
  private var complement = 0.0
  private var predictors: [Double]
  private var delta: [Double]

  init(_ loss: MultinomialLogisticLoss) {
    self.loss = loss
    shares = [Double](repeating: 0, count: loss.classes)
    predictors = shares
    delta = shares
  }

  /// Solves for predictors `c` at z; writes xi to `solution`.
  mutating func solve(
    from c: UnsafePointer<Double>, target: Int, step: Double, squaredNorm q: Double,
    into solution: UnsafeMutablePointer<Double>
  ) {
    let classes = loss.classes
    for k in 0..<classes { solution[k] = 0 }
    guard step > 0 else { return }
    var objective = phi(c, solution, 0, target, step, q)
    for _ in 0..<Self.maximumIterations {
      for k in 0..<classes { predictors[k] = c[k] + q * solution[k] }
      loss.shares(predictors, into: &shares)
      complement = 0
      for k in 0..<classes where k != target { complement += shares[k] }
      let slope = setDirection(solution, target, step, q)
      var (size, largest) = (0.0, 0.0)
      for k in 0..<classes {
        size = max(size, abs(delta[k]))
        largest = max(largest, abs(solution[k]))
      }
      guard size > 1e-14 * largest else { return }
      if -slope <= 1e-16 * objective {
        // Below the rounding of phi: the full Newton step is the best available.
        for k in 0..<classes { solution[k] += delta[k] }
        return
      }
      var fraction = 1.0
      var next = phi(c, solution, fraction, target, step, q)
      while !(next <= objective + 1e-4 * fraction * slope + 1e-15 * abs(objective)), fraction > 1e-20 {
        fraction *= 0.5
        next = phi(c, solution, fraction, target, step, q)
      }
      guard fraction > 1e-20 else { return }
      for k in 0..<classes { solution[k] += fraction * delta[k] }
      objective = next
    }
  }

  /// Writes Newton's direction to `delta` and returns the slope of phi along it.
  private mutating func setDirection(
    _ xi: UnsafeMutablePointer<Double>, _ target: Int, _ step: Double, _ q: Double
  ) -> Double {
    let scale = step * q
    var (projection, denominator) = (0.0, 0.0)
    for k in 0..<loss.classes {
      let root = 1 / (1 + scale * shares[k])
      delta[k] = error(xi, target, step, k) * root
      projection += shares[k] * delta[k]
      denominator += shares[k] * root
    }
    let factor = scale * projection / denominator
    var slope = 0.0
    for k in 0..<loss.classes {
      delta[k] = -(delta[k] + factor * shares[k] / (1 + scale * shares[k]))
      slope += q * error(xi, target, step, k) * delta[k]
    }
    return slope
  }

  private func error(_ xi: UnsafeMutablePointer<Double>, _ target: Int, _ step: Double, _ k: Int) -> Double {
    xi[k] - step * (k == target ? complement : -shares[k])
  }

  /// phi at `xi + fraction delta`.
  private mutating func phi(
    _ c: UnsafePointer<Double>, _ xi: UnsafeMutablePointer<Double>, _ fraction: Double, _ target: Int, _ step: Double,
    _ q: Double
  ) -> Double {
    var square = 0.0
    for k in 0..<loss.classes {
      let moved = fraction == 0 ? xi[k] : xi[k] + fraction * delta[k]
      square += moved * moved
      predictors[k] = c[k] + q * moved
    }
    return step * loss.value(predictors, target) + 0.5 * q * square
  }
}
