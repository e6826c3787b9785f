import EspalierTensors

/// Newton's method on a growing subset of many features, for regularisers that leave most coefficients at 0.
///
/// The set begins empty. In each round, the features with the largest subgradients of least magnitude join it (at most
/// doubling it), the objective is minimised over the set, and features whose coefficients are 0 leave. It ends when no
/// feature outside has a subgradient above the tolerance: the solution is then optimal for all features. Such working
/// sets are used by glmnet (R. Tibshirani et al., Journal of the Royal Statistical Society B 2012) and skglm (Q.
/// Bertrand et al., NeurIPS 2022).
///
/// Complexity of a round: O(nnz), and Newton's method on the working set.
struct WorkingSet {
  /// The maximum number of coordinates for Newton's method.
  let limit: Int

  /// The state before the first round.
  func begin<F: SmoothObjective>(_ objective: F, hasIntercept: Bool, units: LossUnits) -> WorkingSetState {
    let x = units.start(block: objective.penalty.block, hasIntercept: hasIntercept)
    return WorkingSetState(x: x, trace: [objective.value(x)])
  }

  /// Takes one round; false if the objective's rows cannot be restricted to some features.
  func advance<F: SmoothObjective>(
    _ state: inout WorkingSetState, _ objective: F, hasIntercept: Bool, units: LossUnits
  ) -> Bool {
    let penalty = objective.penalty
    let features = penalty.features
    let starts = Array(stride(from: 0, to: objective.dimension, by: penalty.block))
    let others = features..<penalty.block
    let most = max(1, limit / starts.count - others.count)
    let x = state.x
    let gradient = objective.lossGradient(x)
    let slopes = (0..<features).map { feature in
      starts.reduce(0) {
        max($0, units.slope(of: penalty, at: x, gradient: gradient, coordinate: $1 + feature))
      }
    }
    let used = (0..<features).filter { feature in starts.contains { x[$0 + feature] != 0 } }
    let isUsed = Set(used)
    let missing = (0..<features).filter { slopes[$0] > 1e-2 * Certificate.tolerance && !isUsed.contains($0) }
    if state.rounds > 0, missing.isEmpty {
      state.end = .init(status: .converged, reason: "no feature that is left out would lower the objective")
      return true
    }
    let chosen = used + missing.sorted { slopes[$0] > slopes[$1] }.prefix(max(10, used.count))
    guard chosen.count <= most, state.rounds < 100 else {
      state.end = .init(
        status: .stopped,
        reason: "\(chosen.count) features have coefficients, more than Newton's method is used for")
      return true
    }
    let set = chosen.sorted()
    guard let part = objective.restricted(to: set) else { return false }
    func places(_ start: Int) -> [Int] { (set + others).map { start + $0 } }
    let own = starts.flatMap(places)
    let result = Newton().minimize(part, start: own.map { x[$0] }, hasIntercept: hasIntercept, units: units)
    state.x = [Double](repeating: 0, count: x.count)
    for (place, value) in zip(own, result.solution) { state.x[place] = value }
    state.steps += result.steps
    state.rounds += 1
    state.promise = result.promise
    state.trace.append(result.objective)
    return true
  }

  /// The outcome of the method.
  func outcome<F: SmoothObjective>(of state: WorkingSetState, _ objective: F, hasIntercept: Bool) -> Minimization {
    var result = Minimization(
      status: state.end?.status ?? .stopped, reason: state.end?.reason ?? "",
      method: "Newton's method on working sets of features, \(state.rounds) sets, \(state.steps) iterations",
      solution: state.x, hasIntercept: hasIntercept, steps: state.steps, epochs: state.steps,
      objective: objective.value(state.x), trace: state.trace)
    result.promise = state.promise
    return result
  }
}

/// The state of the method on working sets, between two rounds.
struct WorkingSetState: Hashable, Sendable, Codable {
  @Stored var x: [Double]
  @Stored var trace: [Double]
  var steps = 0
  var rounds = 0
  /// The decrease that Newton's method predicts on the last set.
  var promise: Double?
  var end: EpochState.End?
}
