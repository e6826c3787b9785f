import EspalierLinearAlgebra

/// A quadratic average loss and a regulariser: an objective without rows.
struct QuadraticObjective<R: Regularizer>: SmoothObjective {
  /// The loss.
  let loss: QuadraticLoss
  let penalty: CoordinatePenalty<R>
  let exampleCount: Int

  var dimension: Int { loss.dimension }

  func lossValue(_ x: [Double]) -> Double { loss.value(x) }

  func lossGradient(_ x: [Double]) -> [Double] { loss.gradient(x) }

  func lossHessian(_ x: [Double]) -> Matrix { loss.hessian }

  /// A bound of the largest movement: that of a row which alone makes up `s^T H s`, for weights of at least 1.
  func reach(of step: [Double]) -> Double {
    let square = zip(step, loss.hessian.product(step)).reduce(0) { $0 + $1.0 * $1.1 }
    return (Double(exampleCount) * max(0, square)).squareRoot()
  }

  func restricted(to features: [Int]) -> QuadraticObjective? {
    QuadraticObjective(
      loss: loss.restricted(to: features + Array(penalty.features..<penalty.block)),
      penalty: penalty.restricted(to: features), exampleCount: exampleCount)
  }
}
