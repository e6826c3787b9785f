import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

/// A pruned network and its fidelity, measured on inputs that neither selection nor re-fit has seen.
package struct MeasuredPruning: Sendable {
  /// The pruned network, with the record of its pruning.
  package let result: PruningResult
  /// The agreement with the dense network; `nil` if there were too few inputs to hold any out.
  package let fidelity: Fidelity?

  /// The current stage, with samples done and to do.
  package enum Stage: Sendable {
    /// Calibration of the network.
    case calibration(done: Int, total: Int)
    /// Calibration of a twin, which is judged on inputs that it has not seen.
    case twin(done: Int, total: Int)
    /// Comparison of both networks on the held-out inputs.
    case comparison(done: Int, total: Int)
  }

  /// A pruning with its fidelity.
  package init(result: PruningResult, fidelity: Fidelity?) {
    (self.result, self.fidelity) = (result, fidelity)
  }

  /// Prunes `graph` on the calibration inputs of `split`, and judges it, or its twin, on the held-out inputs.
  ///
  /// - Throws: As ``Graph/pruned(_:calibration:backend:progress:)`` does.
  /// - Complexity: that of the pruning, once more for a twin, and a forward pass of both networks over the held-out
  ///   inputs.
  package init(
    _ graph: Graph, _ request: PruningRequest, on split: CalibrationSplit, backend: any Backend = Backends.standard,
    progress: (Stage) -> Void = { _ in }
  ) throws(EspalierError) {
    result = try graph.pruned(request, calibration: split.calibration, backend: backend) {
      progress(.calibration(done: $0, total: $1))
    }
    guard let heldOut = split.heldOut else {
      fidelity = nil
      return
    }
    let judged = try split.twin.map { (twin) throws(EspalierError) in
      try graph.pruned(request, calibration: twin, backend: backend) { progress(.twin(done: $0, total: $1)) }
    }
    fidelity = try Fidelity(
      of: (judged ?? result).graph, against: graph, on: heldOut, isTwin: judged != nil, backend: backend
    ) { progress(.comparison(done: $0, total: heldOut.count)) }
  }
}
