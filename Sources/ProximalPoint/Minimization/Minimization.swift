/// The outcome of a minimisation.
public struct Minimization: Sendable {
  /// How it ended.
  public enum Status: Hashable, Sendable {
    /// The stopping rule is met.
    case converged
    /// The epochs are used up, or the observer stopped.
    case stopped
    /// The iterates left the neighbourhood of any solution.
    case diverged(Divergence)
  }

  /// How it ended.
  public let status: Status
  /// Why it ended so, in words.
  public let reason: String
  /// What was done: the methods, by name.
  public let method: String
  /// The coefficients: one for each feature and, if there is one, the intercept last. Finite unless the status is diverged.
  public let solution: [Double]
  /// Whether the last number of `solution` is an intercept.
  public let hasIntercept: Bool
  /// How many steps were taken.
  public let steps: Int
  /// How many passes over the examples were taken.
  public let epochs: Int
  /// The average loss and the regulariser at the solution.
  public let objective: Double
  /// The objective at the start and after each epoch that it was computed for.
  public let trace: [Double]

  /// One coefficient for each feature.
  public var coefficients: [Double] { hasIntercept ? Array(solution.dropLast()) : solution }
  /// The intercept, 0 if there is none.
  public var intercept: Double { hasIntercept ? solution.last! : 0 }

  /// The same outcome in other coordinates, with more said of the method.
  func mapping(prefix: String, _ transform: ([Double]) -> [Double]) -> Minimization {
    Minimization(
      status: status, reason: reason, method: prefix + method, solution: transform(solution),
      hasIntercept: hasIntercept, steps: steps, epochs: epochs, objective: objective, trace: trace)
  }

  /// This outcome, of a method that went on from where another ended.
  func following(_ first: Minimization) -> Minimization {
    Minimization(
      status: status, reason: reason, method: "\(first.method), \(first.epochs) epochs; then \(method)",
      solution: solution, hasIntercept: hasIntercept, steps: first.steps + steps, epochs: first.epochs + epochs,
      objective: objective, trace: first.trace + trace.dropFirst())
  }
}
