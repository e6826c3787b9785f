/// Measures of a problem that bound the step size: norms, curvature, and the largest safe steps.
///
/// On a quadratic, gradient descent converges for steps below `2 / L`, heavy ball momentum beta for steps below
/// `(2 + 2 beta) / L`, with L the largest eigenvalue of the average Hessian. A stochastic method meets the curvature of
/// one example, `L_i = w_i l''(g_i) ||a_i||^2`, and that of another at the next step: `safeStep(momentum:curvature:)`.
/// For losses of varying curvature, these bounds hold only near the point of measurement. The proximal point algorithm
/// needs no bound.
package struct Probe: Sendable {
  /// The smallest, average and largest norm of a row.
  package let norms: (smallest: Double, average: Double, largest: Double)
  /// The largest curvature of an example: `max_i w_i l''(g_i) ||a_i||^2`.
  package let exampleCurvature: Double
  /// The largest eigenvalue of the Hessian of the average loss, by power iteration.
  package let averageCurvature: Double

  /// Probes examples at the coefficients `point` (0 if `nil`). Complexity: O(nnz) for each of at most 100 power
  /// iterations.
  package init<L: Loss, Rows: FeatureRows>(_ loss: L, _ examples: Examples<Rows>, at point: [Double]? = nil) {
    let x = point ?? [Double](repeating: 0, count: examples.dimension)
    let constant = examples.hasIntercept ? 1.0 : 0
    var norms = (smallest: Double.infinity, average: 0.0, largest: 0.0)
    var exampleCurvature = 0.0
    var curvatures: [Double] = []
    for (row, g) in examples.predictors(x).enumerated() {
      let square = examples.rows.squaredNorm(row) + constant
      let norm = square.squareRoot()
      norms.smallest = min(norms.smallest, norm)
      norms.largest = max(norms.largest, norm)
      norms.average += norm / Double(examples.count)
      curvatures.append(examples.weight(row) * loss.curvature(g, examples.targets[row]))
      exampleCurvature = max(exampleCurvature, curvatures[row] * square)
    }
    self.norms = norms
    self.exampleCurvature = exampleCurvature
    averageCurvature = Self.largestEigenvalue(examples, curvatures)
  }

  /// The largest safe step of SGD (or with momentum, SGDM) on single examples or averaged batches of them, in any
  /// order.
  package func largestSafeStep(momentum: Double = 0) -> Double {
    Self.safeStep(momentum: momentum, curvature: exampleCurvature)
  }

  /// The largest step of heavy ball or Nesterov's momentum beta on losses of curvature at most L that change from step
  /// to step, in any order: `2 (1 - beta)^2 / ((1 + beta) L)`; 0 for a momentum of at least 1.
  ///
  /// Let the losses have a common minimiser, at 0, and g be the gradient of the step's loss at x:
  /// `v+ = beta v - eta g`, `x+ = x + v+`. With `z = x + kappa v`, `kappa = beta / (1 - beta)`, and
  /// `s = eta / (1 - beta)`, `z+ = z - s g`. For `V = ||z||^2 + c ||v||^2`,
  ///
  ///     V+ - V = -2 s <x, g> + (s^2 + c eta^2) ||g||^2 - 2 (s kappa + c beta eta) <v, g> - c (1 - beta^2) ||v||^2.
  ///
  /// Gradients of convex losses are cocoercive, `||g||^2 <= L <x, g>`, so with `p^2 = <x, g>` and `q = sqrt(L) ||v||`
  /// this is at most `-(2 s - s^2 L - c eta^2 L) p^2 + 2 (s kappa + c beta eta) p q - c (1 - beta^2) q^2 / L`, a form
  /// that is never positive if
  ///
  ///     (2 s - s^2 L - c eta^2 L) c (1 - beta^2) / L >= (s kappa + c beta eta)^2.
  ///
  /// With `c = gamma / (1 - beta)^2` this reads `s L <= 2 gamma (1 - beta^2) / ((1 + gamma) (beta^2 + gamma))`, largest
  /// for `gamma = beta`: `s L <= 2 (1 - beta) / (1 + beta)`. V then never grows. For Nesterov's g, at `x + beta v`,
  /// kappa is replaced by `beta^2 / (1 - beta)`, which is smaller. The gradient of one fixed average allows
  /// `(2 + 2 beta) / L`, many times as much: momentum stays in phase with it, but not with alternating examples.
  package static func safeStep(momentum: Double, curvature: Double) -> Double {
    let rest = max(0, 1 - momentum)
    return 2 * rest * rest / ((1 + momentum) * curvature)
  }

  /// The largest safe step of gradient descent (or with momentum, heavy ball) on all examples: `(2 + 2 momentum) / L`.
  package func largestSafeFullStep(momentum: Double = 0) -> Double {
    (2 + 2 * momentum) / averageCurvature
  }

  private static func largestEigenvalue<Rows: FeatureRows>(
    _ examples: Examples<Rows>, _ curvatures: [Double]
  ) -> Double {
    let linear = examples.withoutOffsets
    var vector = (0..<examples.dimension).map { 1 + 0.1 * Double($0 % 7) }
    var eigenvalue = 0.0
    for _ in 0..<100 {
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0, length.isFinite else { return length.isFinite ? eigenvalue : .infinity }
      let previous = eigenvalue
      vector = vector.map { $0 / length }
      let seen = linear.predictors(vector)
      let product = linear.combination(zip(seen, curvatures).map { $0 * $1 / Double(examples.count) })
      eigenvalue = zip(vector, product).reduce(0) { $0 + $1.0 * $1.1 }
      vector = product
      if abs(eigenvalue - previous) <= 1e-6 * eigenvalue { break }
    }
    return eigenvalue
  }
}
