import EspalierLinearAlgebra

/// An average loss with two derivatives, and a regulariser: the objective of Newton's method and L-BFGS.
package protocol SmoothObjective: AverageObjective {
  associatedtype R: Regularizer
  /// The regulariser and its coordinates.
  var penalty: CoordinatePenalty<R> { get }
  /// The average loss (without the regulariser) at x.
  func lossValue(_ x: [Double]) -> Double
  /// The gradient of the average loss at x.
  func lossGradient(_ x: [Double]) -> [Double]
  /// The Hessian of the average loss at x.
  func lossHessian(_ x: [Double]) -> Matrix
  /// Multiplies vectors by the Hessian of the average loss at x; `nil` if that needs the Hessian itself.
  func hessianProduct(_ x: [Double]) -> (([Double]) -> [Double])?
  /// Adds curvature in directions in which the objective is constant, so that the Hessian can be factored.
  func fillFlatDirections(of hessian: inout Matrix)
  /// The largest movement of an example's linear predictor along a step, `max_i |<a_i, step>|`, or of the difference
  /// between the predictors of two classes.
  func reach(of step: [Double]) -> Double
  /// The objective of only some features, in their order; `nil` if rows do not support it.
  func restricted(to features: [Int]) -> Self?
}

extension SmoothObjective {
  package func value(_ x: [Double]) -> Double {
    let value = lossValue(x) + penalty.value(x)
    return value.isNaN ? .infinity : value
  }

  package func restricted(to features: [Int]) -> Self? { nil }

  package func hessianProduct(_ x: [Double]) -> (([Double]) -> [Double])? { nil }

  package func fillFlatDirections(of hessian: inout Matrix) {}

  package func project(_ x: inout [Double]) { penalty.project(&x) }
}

extension SmoothObjective {
  /// The gradient at x of the average loss and the regulariser, which must be quadratic.
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
    examples.restricted(to: features).map {
      Objective(loss, over: $0, regularizer: regularizer.restricted(to: features))
    }
  }
}
