import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

extension BudgetedPruning {
  /// The most prunings of a search.
  private static let mostPrunings = 6

  /// The network of fewest operations found that reaches `target`: by bisection of the budget between the narrowest
  /// network and the dense one, on a logarithmic scale.
  ///
  /// Sizes are those of the allocation by size-error curves; at the end uniform widths of the same cost are tried too.
  ///
  /// - Parameter request: Its budgets are not used.
  /// - Throws: `EspalierError`: a refusal if no size that was tried reaches the target, or no inputs are held out;
  ///   otherwise as ``init(_:_:on:backend:progress:)`` does.
  package init(
    smallestOf graph: Graph, reaching target: FidelityTarget, _ request: BudgetRequest, on split: CalibrationSplit,
    backend: any Backend = Backends.standard, progress: (BudgetPlanner.Stage) -> Void = { _ in }
  ) throws(EspalierError) {
    guard split.heldOut != nil else {
      throw EspalierError(
        refusal: "there are too few calibration inputs to hold any out, so nothing says what a network keeps")
    }
    let planner = try BudgetPlanner(graph, request, on: split, backend: backend, progress: progress)
    func judge(_ candidate: BudgetPlanner.Candidate) throws(EspalierError) -> JudgedPruning {
      try JudgedPruning(candidate, of: graph, request.pruning, on: split, backend: backend, progress: progress)
    }
    var (low, high, prunings) = (planner.smallestShare, 1.0, 0)
    var found: (judged: JudgedPruning, others: [BudgetPlanner.Candidate])?
    var nearest: (fidelity: Fidelity, macs: Int)?
    while prunings < Self.mostPrunings, low < Budget.tolerance * high {
      let share = (low * high).squareRoot()
      let candidates = try planner.candidates([.macs: share * planner.dense[.macs]])
      let judged = try judge(candidates[0])
      prunings += 1
      guard let fidelity = try judged.fidelity(to: graph, on: split, backend: backend) else { break }
      if try target.isReached(by: fidelity) {
        (found, high) = ((judged, Array(candidates.dropFirst())), share)
      } else {
        low = share
        nearest = (fidelity, judged.result.after.macs)
      }
    }
    guard let found else { throw target.refusal(nearest, of: planner.dense.macs) }
    let uniform = try found.others.filter { $0.rule == .uniform }.map(judge)
    var alike: [JudgedPruning] = []
    for judged in uniform {
      guard let fidelity = try judged.fidelity(to: graph, on: split, backend: backend) else { continue }
      if try target.isReached(by: fidelity) { alike.append(judged) }
    }
    try self.init(
      keeping: [found.judged] + alike, planner, graph, on: split, prunings: prunings + uniform.count,
      backend: backend, progress: progress)
  }
}

extension FidelityTarget {
  /// The refusal of a target that no network reached; `nearest` is the widest that was tried.
  fileprivate func refusal(_ nearest: (fidelity: Fidelity, macs: Int)?, of dense: Int) -> EspalierError {
    let asked = [agreement.map { "an agreement of \($0)" }, error.map { "an error of at most \($0)" }]
      .compactMap { $0 }.joined(separator: " and ")
    guard let nearest else { return EspalierError(refusal: "\(asked) is not reached, because no size was left to try") }
    let figures = [
      nearest.fidelity.agreement.map { "agreement \(($0 * 10_000).rounded() / 10_000)" },
      nearest.fidelity.relativeError.map { "error \(($0 * 10_000).rounded() / 10_000)" },
    ].compactMap { $0 }.joined(separator: ", ")
    let share = (Double(nearest.macs) / Double(max(dense, 1)) * 1000).rounded() / 1000
    return EspalierError(
      refusal: "\(asked) is not reached at any size: the best, with \(share) of the operations, has \(figures)")
  }
}
