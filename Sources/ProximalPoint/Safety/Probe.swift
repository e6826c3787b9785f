/// What is worth knowing of a problem before a step size is chosen: norms, curvature, and the largest safe steps.
///
/// On a quadratic, gradient descent converges for steps below `2 / L`, heavy ball momentum beta for steps below
/// `(2 + 2 beta) / L`. A stochastic method meets the curvature of one example, `L_i = w_i l''(g_i) ||a_i||^2`; a pass over all, the largest
/// eigenvalue of the average Hessian. For losses whose curvature changes, these hold near the point at which they are
/// taken and no further: it is said where that is. The proximal point algorithm needs no bound.
public struct Probe: Sendable {
  /// The smallest, average and largest norm of a row.
  public let norms: (smallest: Double, average: Double, largest: Double)
  /// The largest curvature of an example: `max_i w_i l''(g_i) ||a_i||^2`.
  public let exampleCurvature: Double
  /// The largest eigenvalue of the Hessian of the average loss, by power iteration.
  public let averageCurvature: Double

  /// Probes examples at the coefficients `point` (0 if `nil`). Complexity: O(nnz) for each of at most 100 power iterations.
  public init<L: Loss, Rows: FeatureRows>(_ loss: L, _ examples: Examples<Rows>, at point: [Double]? = nil) {
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

  /// The largest safe step of SGD (or with momentum, SGDM) on single examples: `(2 + 2 momentum) / max L_i`.
  public func largestSafeStep(momentum: Double = 0) -> Double {
    (2 + 2 * momentum) / exampleCurvature
  }

  /// The largest safe step of gradient descent (or with momentum, heavy ball) on all examples: `(2 + 2 momentum) / L`.
  public func largestSafeFullStep(momentum: Double = 0) -> Double {
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
