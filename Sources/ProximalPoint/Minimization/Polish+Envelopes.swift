/// Minimisation of an objective whose loss has linear parts, by Moreau envelopes, which have curvature everywhere: for
/// rows that are streamed, and regularisers that `BoxProblem` does not cover.
///
/// Newton's method minimises the envelope of a width at which most examples have curvature, then envelopes of an eighth
/// of the previous width, each from the previous solution (Madsen and Nielsen, SIAM Journal on Optimization 1993, for
/// least absolute deviations). The final derivatives of each are subgradients up to an excess that shrinks with the
/// width. If the loss has no kink, it is itself minimised last.
extension Polish {
  /// The state of the minimisation from `start`, before the first envelope.
  package func beginEnvelopes<F: EnvelopedObjective>(
    _ objective: F, from start: [Double], _ units: LossUnits
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
  package func advanceEnvelopes<F: EnvelopedObjective>(
    _ state: inout PolishState, _ objective: F, hasIntercept: Bool, _ units: LossUnits
  ) -> Bool {
    guard !state.isDone, var envelopes = state.envelopes else { return false }
    defer { state.envelopes = envelopes }
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
    guard envelopes.count < (objective.hasSmoothLoss ? 6 : 14), !envelopes.areNarrow else {
      if objective.hasSmoothLoss { _ = minimize(objective) { _ in 0 } }
      state.isDone = true
      return false
    }
    let width = envelopes.width
    let certificate = minimize(objective.envelope(width: width)) { objective.envelopeExcess(width: width, at: $0) }
    envelopes.count += 1
    // Narrower envelopes than this are dominated by rounding.
    let isNear = certificate.excess <= 1e-3 * Certificate.tolerance
    envelopes.areNarrow = isNear || (envelopes.best?.status == .converged && !certificate.holds)
    if !envelopes.areNarrow { envelopes.width /= 8 }
    return true
  }
}
