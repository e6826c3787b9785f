/// Minimisation of an objective whose loss has linear parts, by Moreau envelopes, which have curvature everywhere.
///
/// Newton's method minimises the envelope of a width at which most examples have curvature, then envelopes of an eighth
/// of the previous width, each from the previous solution (Madsen and Nielsen, SIAM Journal on Optimization 1993, for
/// least absolute deviations). The final derivatives of each are subgradients up to an excess that shrinks with the
/// width. If the loss has no kink, it is itself minimised last.
extension Polish {
  /// The state of the minimisation from `start`, before the first envelope.
  func beginEnvelopes<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ objective: StandardizedObjective<Objective<L, Rows, R>>, from start: [Double], _ units: LossUnits
  ) -> PolishState {
    guard objective.dimension <= newtonLimit, units.deviance > 0, units.slopes[0] > 0 else {
      return PolishState(
        start: start,
        stage: .nothing("no method for losses with linear parts above \(newtonLimit) coefficients"))
    }
    var state = PolishState(start: start, stage: .envelopes)
    state.envelopes = EnvelopeState(
      x: start, trace: [objective.value(start)],
      width: 4 * units.deviance / (units.slopes[0] * units.slopes[0]))
    return state
  }

  /// Minimises the next envelope or, after the last, a loss without a kink itself; false if none is left.
  func advanceEnvelopes<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ state: inout PolishState, _ objective: StandardizedObjective<Objective<L, Rows, R>>, hasIntercept: Bool,
    _ units: LossUnits
  ) -> Bool {
    guard !state.isDone, var envelopes = state.envelopes else { return false }
    defer { state.envelopes = envelopes }
    let (loss, examples) = (objective.base.loss, objective.base.examples)
    func minimize<S: SmoothObjective>(_ smooth: S, excess: ([Double]) -> Double) -> Certificate {
      let result = Newton(maximumIterations: 200).minimize(
        smooth, start: envelopes.x, hasIntercept: hasIntercept, units: units)
      envelopes.x = result.solution
      envelopes.iterations += result.steps
      envelopes.trace.append(objective.value(envelopes.x))
      let certificate = Certificate(
        of: smooth, at: envelopes.x, gradient: smooth.lossGradient(envelopes.x), units, excess: excess(envelopes.x),
        promise: result.promise ?? 0)
      let outcome = envelopes.outcome(result.reason, hasIntercept: hasIntercept).certified(by: certificate)
      if envelopes.best?.status != .converged || outcome.status == .converged { envelopes.best = outcome }
      return certificate
    }
    guard envelopes.count < (loss.isSmooth ? 6 : 14), !envelopes.areNarrow else {
      if loss.isSmooth { _ = minimize(objective) { _ in 0 } }
      state.isDone = true
      return false
    }
    let envelope = MoreauEnvelope(base: loss, width: envelopes.width)
    let smooth = StandardizedObjective(
      Objective(envelope, over: examples, regularizer: objective.penalty.regularizer),
      scales: objective.penalty.scales, shifts: objective.shifts)
    let certificate = minimize(smooth) { objective.averageOverExamples(at: $0, envelope.excess) }
    envelopes.count += 1
    // Narrower envelopes than this are dominated by rounding.
    let isNear = certificate.excess <= 1e-3 * Certificate.tolerance
    envelopes.areNarrow = isNear || (envelopes.best?.status == .converged && !certificate.holds)
    if !envelopes.areNarrow { envelopes.width /= 8 }
    return true
  }
}
