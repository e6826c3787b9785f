import EspalierLinearAlgebra

/// The joint proximal step of a mini-batch: the minimiser of
/// `(1/m) sum_i w_i l(<a_i, y>, b_i) + ||y - z||^2 / (2 step)`.
///
/// It is `z + sum_i alpha_i a_i` with `alpha_i = -(step/m) w_i l'(g_i, b_i)`, `g = c + G alpha`: m equations in m
/// unknowns, where `c_i = <a_i, z>` and `G_ij = <a_i, a_j>`. Equivalently alpha minimises the convex
///
///     phi(alpha) = (step/m) sum_i w_i l(c_i + (G alpha)_i, b_i) + alpha^T G alpha / 2
///
/// and, for the others fixed, each `alpha_i` is the scalar proximal displacement of example i. The solver begins with
/// one sweep over these: it cannot overflow, and moves every predictor to where derivatives are moderate. Newton steps
/// on `E(alpha) = alpha + (step/m) w l'(g)` follow: `(I + D G) delta = -E`, `D = (step/m) w l''(g)`, symmetrised as
/// `delta = -(E - S (I + S G S)^-1 S G E)`, `S = D^(1/2)`, by Cholesky; halved until phi decreases enough (Armijo). For
/// losses with kinks, and if rounding stops Newton's method, sweeps continue; they converge for every convex loss (dual
/// coordinate ascent).
///
/// Ends when no `alpha_i` moves by more than `tolerance` of the largest, or after `maximumIterations`. Complexity of an
/// iteration: O(m^3); O(m^2 p) once, for G.
struct JointEquation {
  /// The movement of an alpha, relative to the largest, below which the solver ends.
  static let tolerance = 1e-14
  /// The maximum number of Newton steps, and of sweeps.
  static let maximumIterations = 200

  private var gram: Matrix
  private var alpha: [Double]
  private var start: [Double]
  private var predictors: [Double]
  private var batch = Batch(targets: [], steps: [])

  init(capacity: Int) {
    gram = Matrix(rows: capacity, columns: capacity)
    alpha = [Double](repeating: 0, count: capacity)
    start = alpha
    predictors = alpha
  }

  /// Solves for a batch with predictors `c` at z; writes alpha to `solution`. `scale` is the factor of a linear
  /// regulariser.
  mutating func solve<Rows: FeatureRows>(
    _ loss: any Loss, _ examples: Examples<Rows>, _ batch: UnsafeBufferPointer<Int>,
    predictors c: UnsafeBufferPointer<Double>,
    step: Double, scale: Double, into solution: UnsafeMutableBufferPointer<Double>
  ) {
    let m = batch.count
    resize(m)
    let intercept = examples.hasIntercept ? 1.0 : 0
    for i in 0..<m {
      start[i] = c[i]
      for j in 0...i {
        let inner = i == j ? examples.rows.squaredNorm(batch[i]) : examples.rows.inner(batch[i], batch[j])
        gram[i, j] = scale * inner + intercept
        gram[j, i] = gram[i, j]
      }
    }
    self.batch = Batch(
      targets: batch.map { examples.targets[$0] }, steps: batch.map { step * examples.weight($0) / Double(m) })
    for i in 0..<m { alpha[i] = 0 }
    predictors = start
    _ = sweep(loss)
    if !(loss.isSmooth && newton(loss)) {
      var sweeps = 1
      while sweeps < Self.maximumIterations, sweep(loss) > Self.tolerance { sweeps += 1 }
    }
    for i in 0..<m { solution[i] = alpha[i] }
  }

  /// A lower bound of the factor by which the last solved step contracts in any direction, `1 / (1 + ||S G S||)` with S
  /// at the solution. The norm is the smaller of the Frobenius norm and the largest row sum, both of which bound the
  /// largest eigenvalue from above.
  func contraction(_ loss: any Loss) -> Double {
    let roots = (0..<alpha.count).map {
      (batch.steps[$0] * loss.curvature(predictors[$0], batch.targets[$0])).squareRoot()
    }
    var squares = 0.0
    var largestSum = 0.0
    for i in 0..<alpha.count {
      var sum = 0.0
      for j in 0..<alpha.count {
        let element = abs(roots[i] * gram[i, j] * roots[j])
        squares += element * element
        sum += element
      }
      largestSum = max(largestSum, sum)
    }
    let bound = min(squares.squareRoot(), largestSum)
    return bound.isNaN ? 0 : 1 / (1 + bound)
  }

  private struct Batch {
    let targets: [Double]
    /// The step size times the weight over m.
    let steps: [Double]
  }

  private mutating func resize(_ m: Int) {
    guard m != alpha.count else { return }
    self = JointEquation(capacity: m)
  }

  /// One pass of scalar proximal steps; returns the largest movement relative to the largest alpha.
  private mutating func sweep(_ loss: any Loss) -> Double {
    let m = alpha.count
    var moved = 0.0
    for i in 0..<m {
      let q = gram[i, i]
      let others = predictors[i] - q * alpha[i]
      let new = loss.proximalDisplacement(
        from: others, target: batch.targets[i], step: batch.steps[i], squaredNorm: q)
      let delta = new - alpha[i]
      guard delta != 0 else { continue }
      moved = max(moved, abs(delta))
      alpha[i] = new
      for j in 0..<m { predictors[j] += gram[j, i] * delta }
    }
    let largest = alpha.reduce(0) { max($0, abs($1)) }
    return largest > 0 ? moved / largest : 0
  }

  /// Damped Newton steps from the present alpha; false if they end before the tolerance is met.
  private mutating func newton(_ loss: any Loss) -> Bool {
    let m = alpha.count
    var objective = phi(loss, alpha, predictors)
    for _ in 0..<Self.maximumIterations {
      guard objective.total.isFinite else { return false }
      var error = [Double](repeating: 0, count: m)
      var roots = error
      for i in 0..<m {
        error[i] = alpha[i] + batch.steps[i] * loss.derivative(predictors[i], batch.targets[i])
        roots[i] = (batch.steps[i] * loss.curvature(predictors[i], batch.targets[i])).squareRoot()
      }
      var system = gram
      for i in 0..<m {
        for j in 0..<m { system[i, j] *= roots[i] * roots[j] }
        system[i, i] += 1
      }
      guard let factor = Cholesky(system) else { return false }
      let seen = gram.product(error)
      let inner = factor.solve(Matrix(rows: m, columns: 1, zip(roots, seen).map(*))).elements
      let delta = (0..<m).map { roots[$0] * inner[$0] - error[$0] }
      let change = gram.product(delta)
      let slope = zip(seen, delta).reduce(0) { $0 + $1.0 * $1.1 }
      let size = delta.reduce(0) { max($0, abs($1)) }
      let largest = alpha.reduce(0) { max($0, abs($1)) }
      guard size.isFinite else { return false }
      if size <= Self.tolerance * largest { return true }

      guard let fraction = fraction(of: delta, change, slope, from: objective, loss) else { return false }
      for i in 0..<m { alpha[i] += fraction * delta[i] }
      let product = gram.product(alpha)
      for i in 0..<m { predictors[i] = start[i] + product[i] }
      objective = phi(loss, alpha, predictors)
    }
    return false
  }

  /// The first of 1, 1/2, 1/4, ... of a Newton step at which phi decreases enough, or up to its rounding.
  private func fraction(
    of delta: [Double], _ change: [Double], _ slope: Double, from objective: Sum, _ loss: any Loss
  ) -> Double? {
    var fraction = 1.0
    while fraction > 1e-12 {
      let value = phi(
        loss, zip(alpha, delta).map { $0 + fraction * $1 }, zip(predictors, change).map { $0 + fraction * $1 })
      let rounding = 1e-14 * (objective.magnitude + value.magnitude)
      if value.total <= objective.total + 1e-4 * fraction * slope + rounding { return fraction }
      fraction *= 0.5
    }
    return nil
  }

  /// A sum, and the sum of the magnitudes of its terms, to which its rounding is relative.
  private struct Sum {
    var total = 0.0
    var magnitude = 0.0

    mutating func add(_ term: Double) {
      total += term
      magnitude += abs(term)
    }
  }

  private func phi(_ loss: any Loss, _ alpha: [Double], _ predictors: [Double]) -> Sum {
    var sum = Sum()
    for i in 0..<alpha.count {
      sum.add(batch.steps[i] * loss.value(predictors[i], batch.targets[i]))
      sum.add(0.5 * alpha[i] * (predictors[i] - start[i]))
    }
    return sum
  }
}
