import EspalierFiles
import EspalierProximalPoint

/// A convex loss `l(g, b)` of one's own, of a linear predictor g and a target b, twice differentiable in g.
public protocol Loss: Sendable {
  /// The name in messages.
  var name: String { get }
  /// `l(g, b)`.
  func value(_ predictor: Double, _ target: Double) -> Double
  /// `l'(g, b)`, the derivative by g.
  func derivative(_ predictor: Double, _ target: Double) -> Double
  /// `l''(g, b)`, the second derivative by g; never negative.
  func curvature(_ predictor: Double, _ target: Double) -> Double
  /// The infimum of `l(g, b)` over g.
  func minimum(_ target: Double) -> Double
}

/// The coefficients at which the average of a loss is smallest.
public struct Optimum: Hashable, Sendable {
  /// One coefficient for each feature.
  public let coefficients: [Double]
  /// The constant added to every predictor.
  public let intercept: Double
  /// The average loss, with the regulariser.
  public let objective: Double
  /// Whether it is certified to be the optimum.
  public let isCertified: Bool
}

extension Loss {
  /// Minimises the average of the loss over rows of features and their targets, with an intercept, without a step size
  /// to tune.
  ///
  /// - Parameter l2: The strength of half the squares of the coefficients.
  /// - Throws: `EspalierError` of kind `data` where rows differ in length or a number is not finite.
  public func minimized(
    over features: [[Double]], targets: [Double], l2: Double = 0
  ) throws(EspalierError) -> Optimum {
    guard let width = features.first?.count, features.allSatisfy({ $0.count == width }) else {
      throw EspalierError(.data, "features", "are not rows of equal lengths")
    }
    let examples = try Examples(
      DenseRows(dimension: width, features.flatMap { $0 }), targets: targets, intercept: true)
    let minimum = try AutomaticSolver().minimize(ClientLoss(loss: self), over: examples, regularizer: L2(l2))
    return Optimum(
      coefficients: minimum.coefficients, intercept: minimum.intercept, objective: minimum.objective,
      isCertified: minimum.status == .converged)
  }
}

/// A client's loss where the project's own are.
private struct ClientLoss<Client: Loss>: EspalierProximalPoint.Loss {
  let loss: Client

  var name: String { loss.name }
  func value(_ predictor: Double, _ target: Double) -> Double { loss.value(predictor, target) }
  func derivative(_ predictor: Double, _ target: Double) -> Double { loss.derivative(predictor, target) }
  func curvature(_ predictor: Double, _ target: Double) -> Double { loss.curvature(predictor, target) }
  func minimum(_ target: Double) -> Double { loss.minimum(target) }
}
