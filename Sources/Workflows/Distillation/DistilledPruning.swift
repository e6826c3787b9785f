import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTraining

/// A pruned network that has learnt from the dense one.
package struct DistilledPruning: Sendable {
  /// The record of the pruning, with the network that has learnt.
  package let result: PruningResult
  /// The agreement with the dense network before it has learnt; `nil` if too few inputs were held out.
  package let fidelityBefore: Fidelity?
  /// The same afterwards.
  package let fidelity: Fidelity?
  /// The record of the distillation.
  package let record: DistillationRecord

  /// Trains the network of `pruning` towards `dense` on the calibration inputs of `split`, never on those that fidelity
  /// is measured on.
  ///
  /// - Throws: `EspalierError` as ``BlockwiseDistillation/run(_:from:on:dropped:progress:)`` does.
  package init(
    _ pruning: MeasuredPruning, of dense: Graph, on split: CalibrationSplit, by distillation: BlockwiseDistillation,
    progress: (BlockwiseDistillation.Event) -> Void = { _ in }
  ) throws(EspalierError) {
    let learnt = try distillation.run(
      pruning.result.graph, from: dense, on: split.calibration, dropped: DroppedElements(by: pruning.result),
      progress: progress)
    result = PruningResult(combining: [pruning.result], graph: learnt.graph)
    fidelityBefore = pruning.fidelity
    record = learnt.record
    fidelity = try split.heldOut.map { (heldOut) throws(EspalierError) in
      try Fidelity(of: learnt.graph, against: dense, on: heldOut, backend: distillation.backend)
    }
  }
}

extension DroppedElements {
  /// The elements of the dense network's values that `pruning` has removed.
  init(by pruning: PruningResult) {
    self.init()
    let groups = pruning.groups.map(\.group)
    let selection = Dictionary(pruning.groups.map { ($0.group.id, $0.selection.kept) }) { $1 }
    for (axis, elements) in groups.elementsDropped(keeping: selection) where axis.blocks == 1 {
      insert(elements, of: axis.value, axis: axis.axis)
    }
  }
}
