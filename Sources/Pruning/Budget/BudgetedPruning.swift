import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

/// The best network found within budgets: pruned to widths by size-error curves, to uniform ones of the same cost, and
/// halfway between, of which the one is kept that is nearest to the dense network on inputs held out.
package struct BudgetedPruning: Sendable {
  /// The pruned network, with the record of its pruning.
  package let result: PruningResult
  /// The agreement with the dense network; `nil` if there were too few inputs to hold any out.
  package let fidelity: Fidelity?
  /// What became of the budgets.
  package let outcome: BudgetOutcome
  /// The size-error curves of the groups.
  package let sensitivity: Sensitivity
  /// The request with the widths that were chosen.
  package let request: PruningRequest

  /// Prunes `graph` within the budgets of `request`.
  ///
  /// - Throws: `EspalierError`: a refusal if the budgets cannot be met, nothing needs to be pruned, or surgery is not
  ///   exact; otherwise if the network or the data cannot be used.
  /// - Complexity: that of ``BudgetPlanner``, and a pruning and a comparison for each of the three candidates.
  package init(
    _ graph: Graph, _ request: BudgetRequest, on split: CalibrationSplit, backend: any Backend = Backends.standard,
    progress: (BudgetPlanner.Stage) -> Void = { _ in }
  ) throws(EspalierError) {
    let planner = try BudgetPlanner(graph, request, on: split, backend: backend, progress: progress)
    let judged = try planner.candidates(planner.limits()).map { (candidate) throws(EspalierError) in
      try JudgedPruning(candidate, of: graph, request.pruning, on: split, backend: backend, progress: progress)
    }
    try self.init(keeping: judged, planner, graph, on: split, backend: backend, progress: progress)
  }

  /// Keeps the best of `judged`.
  init(
    keeping judged: [JudgedPruning], _ planner: BudgetPlanner, _ graph: Graph, on split: CalibrationSplit,
    prunings: Int? = nil, backend: any Backend, progress: (BudgetPlanner.Stage) -> Void
  ) throws(EspalierError) {
    let order = judged.sorted { $0.divergence < $1.divergence }
    let (best, pruning) = (order[0], planner.request.pruning)
    result = try best.final(of: graph, pruning, on: split, backend: backend, progress: progress)
    fidelity = try best.fidelity(to: graph, on: split, backend: backend)
    request = pruning.keeping(best.candidate.counts)
    sensitivity = planner.sensitivity
    outcome = planner.outcome(
      result.after, choices: order.map { BudgetOutcome.Choice(rule: $0.candidate.rule, divergence: $0.divergence) },
      prunings: prunings)
  }
}
