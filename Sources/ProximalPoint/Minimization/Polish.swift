/// The end of a minimisation: a method on all examples and in standardised coordinates, and the certificate of what it
/// found.
///
/// A smooth objective is minimised by Newton's method where there are at most `newtonLimit` coefficients. Beyond, by
/// L-BFGS if the regulariser is quadratic, else by Newton's method on working sets. What none of them can do ends
/// where it began. Losses with linear parts have envelopes (``beginEnvelopes(_:from:_:)``). Each takes one iteration
/// at a time on a ``PolishState``.
package struct Polish {
  /// How many coefficients Newton's method is used for at most.
  let newtonLimit: Int
  /// Whether L-BFGS goes before Newton's method, whose every iteration costs as much as hundreds of its own.
  var prefersLimitedMemory = false

  /// The limit by default: above it, the p x p matrix of a step takes long.
  package static let newtonLimit = 2000

  /// The end for a limit of Newton's method.
  package init(newtonLimit: Int = Polish.newtonLimit, prefersLimitedMemory: Bool = false) {
    self.newtonLimit = newtonLimit
    self.prefersLimitedMemory = prefersLimitedMemory
  }

  /// What was found, with the status that its certificate gives it.
  package func certified<F: SmoothObjective>(
    _ result: Minimization, _ objective: F, _ units: LossUnits
  ) -> Minimization {
    result.certified(
      by: Certificate(
        of: objective, at: result.solution, gradient: objective.lossGradient(result.solution), units,
        promise: result.promise ?? 0))
  }

  /// The outcome of doing nothing, and why.
  package func unpolished<F: SmoothObjective>(
    _ objective: F, _ start: [Double], _ hasIntercept: Bool, _ reason: String
  ) -> Minimization {
    let value = objective.value(start)
    return Minimization(
      status: .stopped, reason: reason, method: "no polish", solution: start, hasIntercept: hasIntercept, steps: 0,
      epochs: 0, objective: value, trace: [value])
  }
}
