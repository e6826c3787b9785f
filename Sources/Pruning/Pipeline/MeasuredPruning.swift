import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

/// A pruned network and what it cost in answers, measured on inputs that neither selection nor re-fit has seen.
package struct MeasuredPruning: Sendable {
  /// The pruned network, and how it came about.
  package let result: PruningResult
  /// How far it answers as the dense network does; `nil` where there were too few inputs to hold any out.
  package let fidelity: Fidelity?

  /// How far the work is: samples done and to do, of what is under way.
  package enum Stage: Sendable {
    /// The network is calibrated.
    case calibration(done: Int, total: Int)
    /// A twin is calibrated, to be judged on inputs that it has not seen.
    case twin(done: Int, total: Int)
    /// Both networks are run on what was held out.
    case comparison(done: Int, total: Int)
  }

  /// Prunes `graph` on the calibration inputs of `split`, and judges it, or its twin, on the inputs held out.
  ///
  /// - Throws: As ``Graph/pruned(_:calibration:backend:progress:)`` does.
  /// - Complexity: that of the pruning, once more for a twin, and a forward pass of both networks over what is held
  ///   out.
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
