import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

/// A pruning to given widths, and how far its outputs are from the dense network's on inputs it has not seen.
struct JudgedPruning {
  let candidate: BudgetPlanner.Candidate
  /// The pruned network: the twin, if there is one.
  let result: PruningResult
  /// The divergence on the inputs held out; on the calibration inputs if there are none.
  let divergence: Double

  init(
    _ candidate: BudgetPlanner.Candidate, of graph: Graph, _ request: PruningRequest, on split: CalibrationSplit,
    backend: any Backend, progress: (BudgetPlanner.Stage) -> Void
  ) throws(EspalierError) {
    self.candidate = candidate
    result = try graph.pruned(
      request.keeping(candidate.counts), calibration: split.twin ?? split.calibration, backend: backend
    ) { progress(.pruning(title: candidate.rule.title, done: $0, total: $1)) }
    divergence = try OutputDivergence(
      of: result.graph, against: graph, on: split.heldOut ?? split.calibration, backend: backend
    ).value
  }

  /// The fidelity on the inputs held out; `nil` if there are none.
  func fidelity(to graph: Graph, on split: CalibrationSplit, backend: any Backend) throws(EspalierError) -> Fidelity? {
    try split.heldOut.map { (heldOut) throws(EspalierError) in
      try Fidelity(of: result.graph, against: graph, on: heldOut, isTwin: split.twin != nil, backend: backend)
    }
  }

  /// The pruning itself: the one that was judged, or that of which it is the twin.
  func final(
    of graph: Graph, _ request: PruningRequest, on split: CalibrationSplit, backend: any Backend,
    progress: (BudgetPlanner.Stage) -> Void
  ) throws(EspalierError) -> PruningResult {
    guard split.twin != nil else { return result }
    return try graph.pruned(
      request.keeping(candidate.counts), calibration: split.calibration, backend: backend
    ) { progress(.pruning(title: candidate.rule.title, done: $0, total: $1)) }
  }
}

extension PruningRequest {
  /// The same request with these widths.
  package func keeping(_ counts: [String: Int]) -> PruningRequest {
    var request = self
    request.counts = counts
    return request
  }
}
