import EspalierLinearAlgebra
import EspalierProximalPoint
import EspalierTables

/// The part of the observed information that the negative binomial's alpha shares with the coefficients.
///
/// If alpha is estimated too, the covariance of the coefficients is the block of the inverse of both's information:
/// `(I - c c^T / d)^-1`, with `c = sum w d2l/(dg dalpha) a` and `d = sum w d2l/dalpha^2`. The expectation of c is 0, so
/// that the expected information needs none of it (J. Lawless, Canadian Journal of Statistics 1987).
struct ShapeInformation {
  private let alpha: Double
  private let link: Link
  /// `sum_i w_i (b - m) h' / (1 + alpha m)^2 a_i`, with h' the derivative of the mean by the predictor.
  private(set) var mixed: [Double]
  /// `sum_i w_i d2l/dalpha^2`, at an optimum.
  private(set) var own = 0.0

  /// Sums over no rows, for this many coefficients.
  init(alpha: Double, link: Link, dimension: Int) {
    (self.alpha, self.link) = (alpha, link)
    mixed = [Double](repeating: 0, count: dimension)
  }

  /// Adds the rows of a block with these linear predictors.
  mutating func add(_ examples: TableExamples, _ predictors: [Double]) {
    let (targets, weights) = (examples.targets, examples.weights)
    let factors = targets.indices.map { (row: Int) -> Double in
      let m = link.mean(predictors[row])
      let slope = link.derivative(predictors[row])
      return weights[row] * (targets[row] - m) * slope / ((1 + alpha * m) * (1 + alpha * m))
    }
    mixed = zip(mixed, examples.combination(factors)).map(+)
    let theta = 1 / alpha
    for row in targets.indices {
      let (m, b) = (link.mean(predictors[row]), targets[row])
      // By theta; where the derivative by theta is 0 in sum, that by alpha is theta^4 times as large.
      let second =
        trigammaIncrease(from: theta, by: b) + m / (theta * (theta + m)) - (m - b) / ((theta + m) * (theta + m))
      own -= weights[row] * second * theta * theta * theta * theta
    }
  }

  /// `I - c c^T / d`.
  func reduced(_ information: Matrix) -> Matrix {
    guard own > 0 else { return information }
    var result = information
    result.addOuterProduct(mixed, mixed, times: -1 / own)
    return result
  }
}
