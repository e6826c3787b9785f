import EspalierLinearAlgebra

/// An average loss that is quadratic in the coefficients, by its value, gradient and Hessian at one point: for squared
/// errors the sums over all rows that any penalty needs (the covariance updates of J. Friedman, T. Hastie, R.
/// Tibshirani, Journal of Statistical Software 2010, section 2.2).
///
///     f(x) = f(x_0) + g^T d + d^T H d / 2,   d = x - x_0.
///
/// At x_0 the coefficients of the features are 0, so that a problem of some features has a part of the same sums.
struct QuadraticLoss: Sendable {
  /// x_0.
  private let origin: [Double]
  /// `f(x_0)`.
  private let constant: Double
  /// g.
  private let slope: [Double]
  /// H: p x p.
  let hessian: Matrix

  /// The loss of an objective, exact if that is quadratic. Complexity: O(n p^2).
  init(_ objective: some SmoothObjective, at origin: [Double]) {
    self.init(
      origin: origin, constant: objective.lossValue(origin), slope: objective.lossGradient(origin),
      hessian: objective.lossHessian(origin))
  }

  private init(origin: [Double], constant: Double, slope: [Double], hessian: Matrix) {
    self.origin = origin
    self.constant = constant
    self.slope = slope
    self.hessian = hessian
  }

  /// The number of coefficients.
  var dimension: Int { origin.count }

  /// `f(x)`; rounding does not make it negative. Complexity: O(p^2).
  func value(_ x: [Double]) -> Double {
    let step = zip(x, origin).map(-)
    let change = zip(step, zip(slope, hessian.product(step))).reduce(0) { $0 + $1.0 * ($1.1.0 + $1.1.1 / 2) }
    return max(0, constant + change)
  }

  /// `g + H d`. Complexity: O(p^2).
  func gradient(_ x: [Double]) -> [Double] {
    zip(slope, hessian.product(zip(x, origin).map(-))).map(+)
  }

  /// A bound of the rounding of a coordinate of that gradient: of the sums over rows, whose terms are at most as large
  /// as `(H_ii H_jj)^(1/2)` on average, and of those over coefficients.
  func rounding(at x: [Double]) -> Double {
    let roots = hessian.diagonal.map { $0.squareRoot() }
    let size = zip(roots, zip(x, origin)).reduce((2 * constant).squareRoot()) { $0 + $1.0 * abs($1.1.0 - $1.1.1) }
    return 64 * .ulpOfOne * (roots.max() ?? 0) * size
  }

  /// The loss of only these coefficients, the others being those of x_0.
  func restricted(to places: [Int]) -> QuadraticLoss {
    QuadraticLoss(
      origin: places.map { origin[$0] }, constant: constant, slope: places.map { slope[$0] },
      hessian: hessian.taking(rows: places, columns: places))
  }
}
