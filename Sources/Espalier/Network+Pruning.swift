import EspalierFiles
import EspalierPruning

/// A pruned network, what was removed, and what it cost in answers.
public struct PrunedNetwork: Sendable {
  /// The smaller network.
  public let network: Network
  /// The units that were kept, by group.
  public let kept: [String: [Int]]
  /// How far the small network answers as the dense one does, on samples that neither selection nor re-fit has seen;
  /// `nil` where there were too few to hold any out.
  public let fidelity: Fidelity?
}

extension Network {
  /// Makes the network smaller: chooses units on unlabelled samples, removes them, re-fits what reads them, and
  /// verifies that the result equals the dense network with the same weights and the dropped units masked.
  ///
  /// - Parameters:
  ///   - fraction: The fraction of units to keep of every group.
  ///   - samples: Unlabelled inputs, some of which are held out to judge the result.
  ///   - progress: Told how many samples are done and to do, over all stages.
  /// - Throws: `EspalierError`: of kind `refusal` where nothing can be pruned or the result would not be right, else of
  ///   kind `model`, `data` or `argument`.
  /// - Complexity: about one forward pass over the samples, and one factorisation a group.
  public func pruned(
    keeping fraction: Double, on samples: Samples, options: PruningOptions = PruningOptions(),
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(EspalierError) -> PrunedNetwork {
    guard fraction > 0, fraction <= 1 else {
      throw EspalierError(
        .argument, "the fraction to keep", "cannot be \(fraction)", remedy: "take one above 0, up to 1")
    }
    let request = options.request(keeping: fraction)
    let split = CalibrationSplit(try DatasetCalibration(samples.dataset, for: graph), for: graph, request)
    let pruning = try MeasuredPruning(graph, request, on: split) { stage in
      switch stage {
      case .calibration(let done, let total), .twin(let done, let total), .comparison(let done, let total):
        progress(done, total)
      }
    }
    return PrunedNetwork(
      network: replacing(pruning.result.graph),
      kept: Dictionary(
        pruning.result.groups.map { ($0.group.id, $0.selection.kept) }, uniquingKeysWith: { first, _ in first }),
      fidelity: pruning.fidelity.map(Fidelity.init))
  }
}
