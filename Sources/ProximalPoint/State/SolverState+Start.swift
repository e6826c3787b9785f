extension SolverState {
  /// A minimisation that begins at the solution of another, of the same coefficients.
  package init(startingAt other: Minimization) {
    self.init(from: other.solution, hasIntercept: other.hasIntercept, objective: other.objective)
  }

  /// The state of the default solver that begins its polish at a solution, without stochastic steps before it.
  ///
  /// - Parameters:
  ///   - solution: The coefficients of the original features.
  ///   - hasIntercept: Whether the last of them is an intercept.
  ///   - objective: The objective there.
  package init(from solution: [Double], hasIntercept: Bool, objective: Double) {
    self.init(
      approach: Minimization(
        status: .stopped, reason: "ended by its observer", method: "no steps", solution: solution,
        hasIntercept: hasIntercept, steps: 0, epochs: 0, objective: objective, trace: [objective]))
  }
}
