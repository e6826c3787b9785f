/// Newton's method on few of many features at a time, for regularisers that leave most coefficients at 0.
///
/// Begins without features. Those whose subgradients of least magnitude are the largest join (at most twice as many as
/// there are), the objective of those alone is minimised, coefficients that are 0 leave, and so on until no feature
/// outside has a subgradient above the tolerance: then the solution is one of the whole objective. Working sets of this
/// kind are those of glmnet (R. Tibshirani et al., Journal of the Royal Statistical Society B 2012) and of skglm (Q.
/// Bertrand et al., NeurIPS 2022).
///
/// Complexity of a round: O(nnz), and Newton's on the features at hand.
struct WorkingSet {
  /// How many coordinates Newton's method may have at most.
  let limit: Int

  /// Minimises an objective; `nil` where its rows cannot be taken apart.
  func minimize<F: SmoothObjective>(_ objective: F, hasIntercept: Bool, units: LossUnits) -> Minimization? {
    let penalty = objective.penalty
    let (block, features) = (penalty.block, penalty.features)
    let starts = Array(stride(from: 0, to: objective.dimension, by: block))
    let most = max(1, limit / starts.count - (hasIntercept ? 1 : 0))
    var x = units.start(block: block, hasIntercept: hasIntercept)
    var trace = [objective.value(x)]
    var (steps, rounds) = (0, 0)
    var end = (status: Minimization.Status.stopped, reason: "")
    while true {
      let gradient = objective.lossGradient(x)
      let slopes = (0..<features).map { feature in
        starts.reduce(0) {
          max($0, units.slope(of: penalty, at: x, gradient: gradient, coordinate: $1 + feature))
        }
      }
      let used = (0..<features).filter { feature in starts.contains { x[$0 + feature] != 0 } }
      let isUsed = Set(used)
      let missing = (0..<features).filter { slopes[$0] > 1e-2 * Certificate.tolerance && !isUsed.contains($0) }
      if rounds > 0, missing.isEmpty {
        end = (.converged, "no feature that is left out would lower the objective")
        break
      }
      let chosen = used + missing.sorted { slopes[$0] > slopes[$1] }.prefix(max(10, used.count))
      guard chosen.count <= most, rounds < 100 else {
        end.reason = "\(chosen.count) features have coefficients, more than Newton's method is used for"
        break
      }
      let set = chosen.sorted()
      guard let part = objective.restricted(to: set) else { return nil }
      func places(_ start: Int) -> [Int] { set.map { start + $0 } + (hasIntercept ? [start + features] : []) }
      let own = starts.flatMap(places)
      let result = Newton().minimize(part, start: own.map { x[$0] }, hasIntercept: hasIntercept, units: units)
      x = [Double](repeating: 0, count: x.count)
      for (place, value) in zip(own, result.solution) { x[place] = value }
      steps += result.steps
      rounds += 1
      trace.append(result.objective)
    }
    return Minimization(
      status: end.status, reason: end.reason,
      method: "Newton's method on working sets of features, \(rounds) sets, \(steps) iterations", solution: x,
      hasIntercept: hasIntercept, steps: steps, epochs: steps, objective: objective.value(x), trace: trace)
  }
}
