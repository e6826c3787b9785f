import EspalierLinearAlgebra

/// An average loss with two derivatives, and a regulariser: what Newton's method and L-BFGS need.
package protocol SmoothObjective: AverageObjective {
  associatedtype R: Regularizer
  /// The regulariser, and the coordinates it is of.
  var penalty: CoordinatePenalty<R> { get }
  /// The average loss (without the regulariser) at x.
  func lossValue(_ x: [Double]) -> Double
  /// The gradient of the average loss at x.
  func lossGradient(_ x: [Double]) -> [Double]
  /// The Hessian of the average loss at x.
  func lossHessian(_ x: [Double]) -> Matrix
  /// Gives curvature to directions in which the objective never changes, so that the Hessian can be factored.
  func fillFlatDirections(of hessian: inout Matrix)
  /// By how much a step moves the linear predictor of an example at most, `max_i |<a_i, step>|`, or the predictors of
  /// two classes apart.
  func reach(of step: [Double]) -> Double
  /// The objective of some features alone, in their order; `nil` where rows cannot be taken apart.
  func restricted(to features: [Int]) -> Self?
}

extension SmoothObjective {
  package func value(_ x: [Double]) -> Double {
    let value = lossValue(x) + penalty.value(x)
    return value.isNaN ? .infinity : value
  }

  package func restricted(to features: [Int]) -> Self? { nil }

  package func fillFlatDirections(of hessian: inout Matrix) {}

  package func project(_ x: inout [Double]) { penalty.project(&x) }
}

extension SmoothObjective {
  /// The gradient of the average loss and the regulariser, which is quadratic, at x.
  func gradient(_ x: [Double]) -> [Double] {
    var gradient = lossGradient(x)
    for j in x.indices { gradient[j] += penalty.strength(at: j) * x[j] }
    return gradient
  }
}

extension Objective: SmoothObjective {
  package var penalty: CoordinatePenalty<R> {
    CoordinatePenalty(regularizer, features: examples.rows.dimension, block: examples.dimension)
  }

  package func reach(of step: [Double]) -> Double {
    examples.withoutOffsets.predictors(step).reduce(0) { max($0, abs($1)) }
  }

  package func restricted(to features: [Int]) -> Objective? {
    examples.restricted(to: features).map { Objective(loss, over: $0, regularizer: regularizer) }
  }
}
