import EspalierPruning

/// An algorithm that chooses the units of one layer: i-SpaSP or greedy forward selection, as published or from
/// statistics.
package enum PruningAlgorithm: String, Hashable, Sendable, CaseIterable, Codable {
  /// i-SpaSP in one pass.
  case iSpaSP = "i-SpaSP, one pass"
  /// i-SpaSP as published: 20 iterations, each of which passes over the data.
  case looped = "i-SpaSP, 20 passes, as published"
  /// Greedy forward selection from the statistics of one pass.
  case gram = "GFS, Gram matrix"
  /// Greedy forward selection by forward passes on mini-batches, for up to 50 candidates a step, weights unchanged.
  case sampled = "GFS, forward passes, 50 candidates"
  /// The same with mean-field weights, as published.
  case meanField = "GFS, 50 candidates, mean-field weights"
  /// The same as ``sampled``, judged by the outputs of the network: the global form of multi-layer GFS.
  case global = "Multi-layer GFS, judged by the network's outputs"
  /// Greedy forward selection that runs on all calibration samples for every unit at each step.
  case exhaustive = "GFS, forward passes, every unit"

  /// The selection by forward passes on mini-batches of `miniBatch` out of `sampleCount` samples; `nil` for algorithms
  /// that make none.
  func greedy(miniBatch: Int, of sampleCount: Int, seed: UInt64) -> PublishedGreedySelection? {
    var greedy = PublishedGreedySelection()
    (greedy.miniBatch, greedy.seed) = (miniBatch, seed)
    switch self {
    case .iSpaSP, .looped, .gram: return nil
    case .sampled: break
    case .meanField: greedy.weights = .meanField
    case .global: greedy.objective = .network
    case .exhaustive: (greedy.candidates, greedy.miniBatch) = (.max, sampleCount)
    }
    return greedy
  }
}
