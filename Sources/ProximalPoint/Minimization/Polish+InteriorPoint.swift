/// Minimisation of an objective whose loss has linear parts, by an interior point method.
extension Polish {
  /// The state of the minimisation from `start`, before its first iteration.
  func beginLinearParts<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ objective: StandardizedObjective<Objective<L, Rows, R>>, from start: [Double], _ units: LossUnits
  ) -> PolishState {
    guard let problem = BoxProblem(objective) else { return beginEnvelopes(objective, from: start, units) }
    let isSmall = WeightedSystem<Rows>.size(problem.design, isRidge: R.self != NoRegularizer.self) <= newtonLimit
    guard isSmall, units.deviance > 0, units.slopes[0] > 0 else {
      return PolishState(
        start: start,
        stage: .nothing(
          isSmall
            ? "the model without features is perfect"
            : "no method for losses with linear parts above \(newtonLimit) rows and coefficients"))
    }
    var state = PolishState(start: start, stage: .interiorPoint)
    state.interiorPoint = InteriorPoint(problem: problem, units: units).begin(
      from: start, value: objective.value(start))
    return state
  }

  /// Takes one iteration; false if none is left.
  func advanceLinearParts<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ state: inout PolishState, _ objective: StandardizedObjective<Objective<L, Rows, R>>, hasIntercept: Bool,
    _ units: LossUnits
  ) -> Bool {
    guard !state.isDone, state.interiorPoint != nil, let problem = BoxProblem(objective) else {
      return advanceEnvelopes(&state, objective, hasIntercept: hasIntercept, units)
    }
    InteriorPoint(problem: problem, units: units).advance(&state.interiorPoint!, value: objective.value)
    state.isDone = state.interiorPoint?.end != nil
    return !state.isDone
  }

  /// The outcome, with its certificate; `nil` if the method did not run.
  func interiorPointOutcome<L: Loss, Rows: FeatureRows, R: Regularizer>(
    of state: PolishState, _ objective: StandardizedObjective<Objective<L, Rows, R>>, hasIntercept: Bool,
    _ units: LossUnits
  ) -> Minimization? {
    guard let run = state.interiorPoint, let problem = BoxProblem(objective) else { return nil }
    let (u, certificate) = InteriorPoint(problem: problem, units: units).solution(
      of: run, start: state.start, value: objective.value)
    let reason = run.end?.reason ?? "ended by its observer"
    return Minimization(
      status: .stopped, reason: u == state.start ? "\(reason); no better point than the start was found" : reason,
      method: "an interior point method, \(run.iterations) iterations", solution: u, hasIntercept: hasIntercept,
      steps: run.iterations, epochs: run.iterations, objective: objective.value(u), trace: run.trace
    ).certified(by: certificate)
  }
}
