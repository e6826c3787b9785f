import EspalierProximalPoint

/// Rates of methods whose step size and momentum are computed from wrong constants of the problem.
///
/// A quadratic with 20 eigenvalues from mu = 1 to L = 100. Each method is tuned as its theory says, for an assumed mu
/// and L, one of which is wrong by a factor: gradient descent (GD) with `eta = 2 / (L + mu)`, the heavy ball with
/// Polyak's `eta = 4 / (sqrt L + sqrt mu)^2` and `beta = ((sqrt kappa - 1) / (sqrt kappa + 1))^2`, Nesterov with
/// `eta = 1 / L` and `beta = (sqrt kappa - 1) / (sqrt kappa + 1)`, the proximal point algorithm with `eta = 5 / mu`,
/// and with momentum 0.9 and the shortest step that Theorem 10 allows, `eta mu = 4.81`.
package struct ConstantSensitivity: Sendable, Codable {
  /// A method with a misjudged constant.
  package struct Row: Sendable, Codable {
    /// The method.
    package let method: QuadraticMethod
    /// The constant that is wrong.
    package let constant: Constant
    /// The assumed constant as a multiple of the true one.
    package let factor: Double
    /// The rate of squared distances per step that is measured; at least 1 where the method diverges.
    package let rate: Double
    /// `E ||x - x*||^2` in the end for noise of variance 1 in each coordinate; `nil` where the method diverges.
    package let neighbourhood: Double?
  }

  /// A constant of the problem.
  package enum Constant: String, CaseIterable, Sendable, Codable {
    /// mu.
    case convexity = "μ"
    /// L.
    case smoothness = "L"
  }

  /// All rows, by method, constant and factor.
  package let rows: [Row]

  static let factors = [0.1, 0.3, 1, 3, 10]
  static let methods: [QuadraticMethod] = [
    .gradientDescent, .gradientDescentWithMomentum, .nesterov, .proximalPoint, .proximalPointWithMomentum,
  ]
  private static let eigenvalues = (0..<20).map { 1 + 99 * Double($0) / 19 }

  /// Measures all rows; nothing is random.
  package init() {
    rows = Self.methods.flatMap { method in
      Constant.allCases.flatMap { constant in
        Self.factors.map { factor in
          let (step, momentum) = Self.tuned(
            method, convexity: constant == .convexity ? factor : 1,
            smoothness: constant == .smoothness ? 100 * factor : 100)
          let rate = Self.eigenvalues.map {
            ErrorRun(method, step: step, momentum: momentum, eigenvalue: $0, start: 1).factor
          }.max()!
          let size = Self.eigenvalues.reduce(0) {
            $0 + method.stationaryVariance(step: step, momentum: momentum, eigenvalue: $1)
          }
          return Row(
            method: method, constant: constant, factor: factor, rate: rate * rate,
            neighbourhood: size.isFinite ? size : nil)
        }
      }
    }
  }

  /// Step size and momentum for constants taken to be true.
  private static func tuned(
    _ method: QuadraticMethod, convexity: Double, smoothness: Double
  ) -> (step: Double, momentum: Double) {
    let (mu, top) = (convexity, max(smoothness, convexity))
    let root = (top / mu).squareRoot()
    let share = (root - 1) / (root + 1)
    switch method {
    case .gradientDescent: return (2 / (top + mu), 0)
    case .gradientDescentWithMomentum:
      let sum = top.squareRoot() + mu.squareRoot()
      return (4 / (sum * sum), share * share)
    case .nesterov: return (1 / top, share)
    case .proximalPoint: return (5 / mu, 0)
    case .proximalPointWithMomentum: return (shortestPromisingStep / mu, 0.9)
    }
  }

  /// The smallest `eta mu` for which Theorem 10 promises that starts are discounted with momentum 0.9, by bisection.
  private static let shortestPromisingStep: Double = {
    var (low, high) = (1.0, 100.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let bounds = StrongConvexityBounds(scaledConvexity: middle, momentum: 0.9)
      if bounds.discountsInitialConditions { high = middle } else { low = middle }
    }
    return high
  }()
}
