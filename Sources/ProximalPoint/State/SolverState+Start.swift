extension SolverState {
  /// A minimisation that begins at the solution of another, of the same coefficients.
  package init(startingAt other: Minimization) {
    self.init(
      approach: Minimization(
        status: .stopped, reason: "ended by its observer", method: "no steps", solution: other.solution,
        hasIntercept: other.hasIntercept, steps: 0, epochs: 0, objective: other.objective, trace: [other.objective]))
  }
}
