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
    var limited: Minimization?
    if objective.dimension > newtonLimit || prefersLimitedMemory {
      limited = limitedMemory(objective, start, hasIntercept, units, seeksInfinity)
      if let limited {
        let ended = certified(limited, objective, units)
        if objective.dimension > newtonLimit || ended.status == .converged { return ended }
      }
    }
    let result: Minimization
    if objective.dimension <= newtonLimit {
      result = Newton().minimize(
        objective, start: limited?.solution ?? start, hasIntercept: hasIntercept, units: units,
        seeksInfinity: seeksInfinity)
    } else {
      result =
        WorkingSet(limit: newtonLimit).minimize(objective, hasIntercept: hasIntercept, units: units)
        ?? unpolished(objective, start, hasIntercept, "no method for so many coefficients and this regulariser")
    }
    return certified(result, objective, units)
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
    let (loss, examples) = (objective.base.loss, objective.base.examples)
    guard objective.dimension <= newtonLimit, units.deviance > 0, units.slopes[0] > 0 else {
      return certified(
        unpolished(
          objective, start, hasIntercept, "no method for losses with linear parts above \(newtonLimit) coefficients"),
        objective, units)
    }
    var x = start
    var iterations = 0
    var trace = [objective.value(start)]
    var best: Minimization?
    func outcome(_ result: Minimization, _ certificate: Certificate) -> Minimization {
      Minimization(
        status: .stopped, reason: result.reason,
        method: "Newton's method on all examples and envelopes of the loss, \(iterations) iterations", solution: x,
        hasIntercept: hasIntercept, steps: iterations, epochs: iterations, objective: trace.last!, trace: trace
      ).certified(by: certificate)
    }
    func advance<S: SmoothObjective>(_ smooth: S, excess: ([Double]) -> Double) -> Certificate {
      let result = Newton(maximumIterations: 200).minimize(smooth, start: x, hasIntercept: hasIntercept, units: units)
      x = result.solution
      iterations += result.steps
      trace.append(objective.value(x))
      let certificate = Certificate(
        of: smooth, at: x, gradient: smooth.lossGradient(x), units, excess: excess(x), promise: result.promise ?? 0)
      let outcome = outcome(result, certificate)
      if best?.status != .converged || outcome.status == .converged { best = outcome }
      return certificate
    }
    var width = 4 * units.deviance / (units.slopes[0] * units.slopes[0])
    for _ in 0..<(loss.isSmooth ? 6 : 14) {
      let envelope = MoreauEnvelope(base: loss, width: width)
      let smooth = StandardizedObjective(
        Objective(envelope, over: examples, regularizer: objective.penalty.regularizer),
        scales: objective.penalty.scales, shifts: objective.shifts)
      let certificate = advance(smooth) { objective.averageOverExamples(at: $0, envelope.excess) }
      // Narrower envelopes than this are met by rounding.
      let isNear = certificate.excess <= 1e-3 * Certificate.tolerance
      if isNear || (best?.status == .converged && !certificate.holds) { break }
      width /= 8
    }
    if loss.isSmooth { _ = advance(objective) { _ in 0 } }
    return best!
  }

  private func limitedMemory<F: SmoothObjective>(
    _ objective: F, _ start: [Double], _ hasIntercept: Bool, _ units: LossUnits, _ seeksInfinity: Bool
  ) -> Minimization? {
    guard objective.penalty.isQuadratic else { return nil }
    return LBFGS(maximumIterations: 5000).minimize(
      objective, from: start, hasIntercept: hasIntercept, units: units, seeksInfinity: seeksInfinity)
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
