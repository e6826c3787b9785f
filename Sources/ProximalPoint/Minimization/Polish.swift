/// The end of a minimisation: a method on all examples and in standardised coordinates, and the certificate of what it
/// found.
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

  /// Minimises a smooth objective from `start`.
  ///
  /// By Newton's method where there are at most `newtonLimit` coefficients. Beyond, by L-BFGS if the regulariser is
  /// quadratic, else by Newton's method on working sets. What none of them can do ends where it began.
  package func callAsFunction<F: SmoothObjective>(
    _ objective: F, from start: [Double], hasIntercept: Bool, _ units: LossUnits, seeksInfinity: Bool
  ) -> Minimization {
    var state = begin(objective, from: start)
    while advance(&state, objective, hasIntercept: hasIntercept, units, seeksInfinity: seeksInfinity) {}
    return outcome(of: state, objective, hasIntercept: hasIntercept, units, seeksInfinity: seeksInfinity)
  }

  /// Minimises an objective whose loss has linear parts, from envelopes of it that have curvature everywhere.
  ///
  /// Newton's method minimises Moreau's envelope of a width at which most examples have curvature, then of widths an
  /// eighth of the one before, each from the solution of the last (Madsen and Nielsen, SIAM Journal on Optimization
  /// 1993, for least absolute deviations). The derivatives at the end of each are subgradients up to an excess that
  /// shrinks with the width. A loss without a kink comes last as it is.
  func continuing<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ objective: StandardizedObjective<Objective<L, Rows, R>>, from start: [Double], hasIntercept: Bool,
    _ units: LossUnits
  ) -> Minimization {
    var state = beginEnvelopes(objective, from: start, units)
    while advanceEnvelopes(&state, objective, hasIntercept: hasIntercept, units) {}
    return outcome(of: state, objective, hasIntercept: hasIntercept, units, seeksInfinity: false)
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
