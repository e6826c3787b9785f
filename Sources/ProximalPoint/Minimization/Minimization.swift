/// The outcome of a minimisation.
package struct Minimization: Hashable, Sendable {
  /// The end of a minimisation.
  package enum Status: Hashable, Sendable, Codable {
    /// The stopping rule is met.
    case converged
    /// The epochs are used up, or the observer stopped.
    case stopped
    /// The iterates left the neighbourhood of any solution.
    case diverged(Divergence)
  }

  /// The status at the end.
  package let status: Status
  /// The reason for the status, in words.
  package let reason: String
  /// The names of the methods used.
  package let method: String
  /// The coefficients: one for each feature and, if there is one, the intercept last. Finite unless the status is
  /// diverged.
  package let solution: [Double]
  /// Whether the last number of `solution` is an intercept.
  package let hasIntercept: Bool
  /// The number of steps taken.
  package let steps: Int
  /// The number of passes over the examples.
  package let epochs: Int
  /// The objective at the solution: the average loss plus the regulariser.
  package let objective: Double
  /// The objective at the start and after each epoch for which it was computed.
  package let trace: [Double]
  /// The decrease of the objective predicted by the last Newton step; `nil` for other methods.
  var promise: Double?
  /// A step along which the objective decreases without bound; `nil` if none was found.
  package var flatDirection: [Double]?
  /// The coordinates that grow without bound because the infimum is at infinity; empty if there is a finite optimum.
  package internal(set) var unboundedCoordinates: [Int] = []

  /// An outcome.
  init(
    status: Status, reason: String, method: String, solution: [Double], hasIntercept: Bool, steps: Int, epochs: Int,
    objective: Double, trace: [Double]
  ) {
    self.status = status
    self.reason = reason
    self.method = method
    self.solution = solution
    self.hasIntercept = hasIntercept
    self.steps = steps
    self.epochs = epochs
    self.objective = objective
    self.trace = trace
  }

  /// One coefficient for each feature.
  package var coefficients: [Double] { hasIntercept ? Array(solution.dropLast()) : solution }
  /// The intercept, 0 if there is none.
  package var intercept: Double { hasIntercept ? solution.last! : 0 }

  /// The same outcome in other coordinates, with an addition to the method's description.
  package func mapping(
    prefix: String, hasIntercept: Bool? = nil, _ transform: ([Double]) -> [Double]
  ) -> Minimization {
    Minimization(
      status: status, reason: reason, method: prefix + method, solution: transform(solution),
      hasIntercept: hasIntercept ?? self.hasIntercept, steps: steps, epochs: epochs, objective: objective, trace: trace)
  }

  /// The same outcome with the status that the certificate gives: converged if it holds, otherwise stopped.
  func certified(by certificate: Certificate) -> Minimization {
    let step = flatDirection ?? []
    let status: Status
    let words: String
    if !step.isEmpty {
      (status, words) = (.stopped, "there is no finite optimum: the objective falls without end as coefficients grow")
    } else if certificate.holds {
      (status, words) = (.converged, "\(certificate.description), at most \(Certificate.tolerance)")
    } else {
      (status, words) = (
        .stopped,
        "no certificate: \(certificate.description) is left, and at most \(Certificate.tolerance) may be (\(reason))"
      )
    }
    var result = Minimization(
      status: status, reason: words, method: method, solution: solution, hasIntercept: hasIntercept, steps: steps,
      epochs: epochs, objective: objective, trace: trace)
    result.flatDirection = flatDirection
    return result
  }

  /// The outcome before any step, at the coefficients 0.
  static func untaken(dimension: Int, hasIntercept: Bool, objective: ([Double]) -> Double) -> Minimization {
    let zero = [Double](repeating: 0, count: dimension)
    let value = objective(zero)
    return Minimization(
      status: .stopped, reason: "ended by its observer", method: "no steps", solution: zero,
      hasIntercept: hasIntercept, steps: 0, epochs: 0, objective: value, trace: [value])
  }

  /// This outcome, for a method that continued from the end of `first`.
  func following(_ first: Minimization) -> Minimization {
    Minimization(
      status: status, reason: reason,
      method: first.steps == 0 ? method : "\(first.method), \(first.epochs) epochs; then \(method)",
      solution: solution, hasIntercept: hasIntercept, steps: first.steps + steps, epochs: first.epochs + epochs,
      objective: objective, trace: first.trace + trace.dropFirst())
  }
}
