import LinearAlgebra

/// An average loss with two derivatives, and a regulariser: what Newton's method needs.
protocol SmoothObjective: AverageObjective {
  associatedtype Penalty: Regularizer
  /// The regulariser.
  var regularizer: Penalty { get }
  /// Which coefficients it is of.
  var regularized: RegularizedCoordinates { get }
  /// The gradient of the average loss (without the regulariser) at x.
  func lossGradient(_ x: [Double]) -> [Double]
  /// The Hessian of the average loss (without the regulariser) at x.
  func lossHessian(_ x: [Double]) -> Matrix
}

/// Which coefficients are regularised: in each block, those of the features and not an intercept behind them. A block is the
/// coefficients of one linear predictor.
struct RegularizedCoordinates {
  let features: Int
  let block: Int

  func contains(_ coordinate: Int) -> Bool { coordinate % block < features }
}

extension Objective: SmoothObjective {
  var regularized: RegularizedCoordinates {
    RegularizedCoordinates(features: examples.rows.dimension, block: examples.dimension)
  }
}
