/// The last phase of a minimisation: a method on all examples in standardised coordinates, and a certificate of its
/// result.
///
/// A smooth objective of at most `newtonLimit` coefficients is minimised by Newton's method; a larger one by L-BFGS and
/// Newton's method with conjugate gradients if the regulariser is quadratic, otherwise by Newton's method on working
/// sets. If none applies, the start is returned.
/// Losses with linear parts are minimised by an interior point method or, where that does not apply, by Moreau
/// envelopes (``beginLinearParts(_:from:_:)``). Each method takes one iteration at a time on a ``PolishState``.
package struct Polish {
  /// The maximum number of coefficients for which Newton's method is used.
  let newtonLimit: Int
  /// Whether L-BFGS runs before Newton's method, one iteration of which costs as much as hundreds of L-BFGS.
  var prefersLimitedMemory = false

  /// The default limit: above it, the p x p matrix of a step is slow.
  package static let newtonLimit = 2000

  /// The polish with a limit for Newton's method.
  package init(newtonLimit: Int = Polish.newtonLimit, prefersLimitedMemory: Bool = false) {
    self.newtonLimit = newtonLimit
    self.prefersLimitedMemory = prefersLimitedMemory
  }

  /// The outcome, with the status that its certificate gives it.
  package func certified<F: SmoothObjective>(
    _ result: Minimization, _ objective: F, _ units: LossUnits
  ) -> Minimization {
    result.certified(
      by: Certificate(
        of: objective, at: result.solution, gradient: objective.lossGradient(result.solution), units,
        promise: result.promise ?? 0))
  }

  /// The outcome of an unchanged start, with the reason.
  package func unpolished<F: SmoothObjective>(
    _ objective: F, _ start: [Double], _ hasIntercept: Bool, _ reason: String
  ) -> Minimization {
    let value = objective.value(start)
    return Minimization(
      status: .stopped, reason: reason, method: "no polish", solution: start, hasIntercept: hasIntercept, steps: 0,
      epochs: 0, objective: value, trace: [value])
  }
}
