/// Minimisation of a smooth loss with an elastic regulariser and many more features than examples: Newton's method,
/// whose steps come from augmented Lagrangians.
extension Polish {
  /// Whether the method is used: for absolute values, above the limit of coefficients and below it in examples.
  func usesAugmentedLagrangian<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ objective: StandardizedObjective<Objective<L, Rows, R>>
  ) -> Bool {
    let rows = objective.base.examples.rows
    return objective.dimension > newtonLimit && rows.count < min(newtonLimit, rows.dimension)
      && objective.penalty.isElastic && !objective.penalty.isQuadratic
  }

  /// Takes one iteration; false if none is left.
  func advanceAugmentedLagrangian<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ state: inout PolishState, _ objective: StandardizedObjective<Objective<L, Rows, R>>, _ units: LossUnits
  ) -> Bool {
    guard !state.isDone else { return false }
    if state.newton == nil { state.newton = Newton().begin(objective, start: state.start) }
    let newton = Newton(maximumIterations: 300)
    newton.advance(&state.newton!, objective, units: units, seeksInfinity: false) { state, gradient in
      guard let model = RowModel(objective, at: state.x) else { return state.x.map { _ in .nan } }
      let solver = AugmentedLagrangian(model: model, penalty: objective.penalty, curvature: units.curvature)
      let slope = units.slope(of: objective.penalty, at: state.x, gradient: gradient)
      let accuracy = max(1e-3 * min(slope, 1), 1e-12) * units.slopes[0]
      let minimum = solver.minimum(from: state.x, accuracy: accuracy, raise: state.raise)
      return model.step(zip(minimum, state.x).map(-))
    }
    state.isDone = state.newton?.end != nil
    return !state.isDone
  }

  /// The outcome, with its certificate; `nil` if the method did not run.
  func augmentedLagrangianOutcome<L: Loss, Rows: FeatureRows, R: Regularizer>(
    of state: PolishState, _ objective: StandardizedObjective<Objective<L, Rows, R>>, hasIntercept: Bool,
    _ units: LossUnits
  ) -> Minimization? {
    guard state.stage == .augmentedLagrangian, let newton = state.newton else { return nil }
    let result = Newton().outcome(
      of: newton, hasIntercept: hasIntercept, method: "Newton's method by augmented Lagrangians")
    return certified(result, objective, units)
  }
}
