extension Polish {
  /// The state of a smooth objective's polish from `start`, before its first iteration.
  package func begin<F: SmoothObjective>(_ objective: F, from start: [Double]) -> PolishState {
    let isLarge = objective.dimension > newtonLimit
    let stage: PolishState.Stage
    if isLarge || prefersLimitedMemory, objective.penalty.isQuadratic {
      stage = .limitedMemory
    } else {
      stage = isLarge ? .workingSet : .newton
    }
    return PolishState(start: start, stage: stage)
  }

  /// Takes one iteration of the current method; false if no method is left.
  package func advance<F: SmoothObjective>(
    _ state: inout PolishState, _ objective: F, hasIntercept: Bool, _ units: LossUnits, seeksInfinity: Bool
  ) -> Bool {
    guard !state.isDone else { return false }
    state.isDone = !iterate(&state, objective, hasIntercept, units, seeksInfinity)
    return !state.isDone
  }

  /// Takes an iteration; true if another may follow.
  private func iterate<F: SmoothObjective>(
    _ state: inout PolishState, _ objective: F, _ hasIntercept: Bool, _ units: LossUnits, _ seeksInfinity: Bool
  ) -> Bool {
    switch state.stage {
    case .limitedMemory:
      if state.limited == nil { state.limited = limitedMemory.begin(objective, from: state.start, units: units) }
      limitedMemory.advance(&state.limited!, objective, units: units)
      guard state.limited?.end != nil else { return true }
      let outcome = limited(state, objective, hasIntercept, units, seeksInfinity)
      if outcome?.flatDirection != nil { return false }
      let isLarge = objective.dimension > newtonLimit
      if !isLarge, outcome?.status == .converged { return false }
      state.start = outcome?.solution ?? state.start
      state.stage = isLarge ? .truncatedNewton : .newton
      return true
    case .truncatedNewton:
      let method = TruncatedNewton()
      if state.newton == nil { state.newton = method.begin(objective, from: state.start) }
      guard method.advance(&state.newton!, objective, units: units, seeksInfinity: seeksInfinity) else {
        state.newton = nil
        return false
      }
      return state.newton?.end == nil
    case .newton:
      if state.newton == nil { state.newton = Newton().begin(objective, start: state.start) }
      Newton().advance(&state.newton!, objective, units: units, seeksInfinity: seeksInfinity)
      return state.newton?.end == nil
    case .workingSet:
      let method = WorkingSet(limit: newtonLimit)
      if state.workingSet == nil {
        state.workingSet = method.begin(objective, hasIntercept: hasIntercept, units: units)
      }
      if method.advance(&state.workingSet!, objective, hasIntercept: hasIntercept, units: units) {
        return state.workingSet?.end == nil
      }
      state.stage = .nothing("no method for so many coefficients and this regulariser")
      return false
    case .augmentedLagrangian, .envelopes, .interiorPoint, .nothing: return false
    }
  }

  /// The outcome, with its certificate.
  package func outcome<F: SmoothObjective>(
    of state: PolishState, _ objective: F, hasIntercept: Bool, _ units: LossUnits, seeksInfinity: Bool
  ) -> Minimization {
    if let best = state.envelopes?.best { return best }
    if let newton = state.newton, state.stage == .truncatedNewton {
      let outcome = certified(TruncatedNewton().outcome(of: newton, hasIntercept: hasIntercept), objective, units)
      var result = limited(state, objective, hasIntercept, units, false).map(outcome.following) ?? outcome
      result.flatDirection = outcome.flatDirection
      return result
    }
    if let newton = state.newton {
      return certified(Newton().outcome(of: newton, hasIntercept: hasIntercept), objective, units)
    }
    if let outcome = limited(state, objective, hasIntercept, units, seeksInfinity) { return outcome }
    if case .nothing(let reason) = state.stage {
      return certified(unpolished(objective, state.start, hasIntercept, reason), objective, units)
    }
    guard let workingSet = state.workingSet else {
      return certified(unpolished(objective, state.start, hasIntercept, "ended by its observer"), objective, units)
    }
    let result = WorkingSet(limit: newtonLimit).outcome(of: workingSet, objective, hasIntercept: hasIntercept)
    return certified(result, objective, units)
  }

  private var limitedMemory: LBFGS { LBFGS(maximumIterations: 500) }

  private func limited<F: SmoothObjective>(
    _ state: PolishState, _ objective: F, _ hasIntercept: Bool, _ units: LossUnits, _ seeksInfinity: Bool
  ) -> Minimization? {
    state.limited.map {
      let result = limitedMemory.outcome(
        of: $0, objective, hasIntercept: hasIntercept, units: units, seeksInfinity: seeksInfinity)
      return certified(result, objective, units)
    }
  }
}
