import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierReports

/// A dense and a pruned network, timed alternately in one run.
package struct LatencyComparison: Sendable, Codable {
  /// The latency of the dense network.
  package let before: Latency
  /// The latency of the pruned network.
  package let after: Latency
  /// Samples in one run.
  package let batch: Int
  /// Whether both are the same network, so that their times differ by noise alone. Not stored in files of results,
  /// whose networks are pruned.
  package internal(set) var isUnchanged = false

  private enum CodingKeys: CodingKey { case before, after, batch }

  /// The speedup of the pruned network, by medians.
  package var speedup: Double { isUnchanged ? 1 : before.median / after.median }

  /// Whether the pruned network is faster by more than the noise of such a measurement.
  package var isFaster: Bool { speedup > 1.05 }

  /// The outcome: faster, not faster, or unchanged.
  package var outcome: String {
    if isUnchanged { return "unchanged" }
    return isFaster ? "faster" : "not faster on this machine"
  }

  /// The verdict in words.
  package var verdict: String { isUnchanged ? outcome : "\(outcome): \(Format.times(speedup))" }

  /// Times both graphs alternately on batches of `batch` samples, spending about `budget` seconds on each, at most a
  /// few seconds.
  ///
  /// - Parameters:
  ///   - data: Inputs whose sizes are taken where the file leaves them open.
  ///   - batch: `nil` for as many samples as a run of moderate length takes, at most 32.
  package init(
    of pruned: Graph, against dense: Graph, like data: (any CalibrationData)? = nil, batch: Int? = nil,
    budget: Double = 0.1,
    backend: any Backend = Backends.standard
  ) throws(EspalierError) {
    let batch =
      if let batch { batch } else {
        LatencyProbe.batch(forMACs: try ModelCost(of: dense, feeds: dense.feedTypes(batch: 1, like: data)).macs)
      }
    let sessions = try [dense, pruned].map { (graph) throws(EspalierError) in
      try Session(Plan(graph, feeds: try graph.feedTypes(batch: batch, like: data)), on: backend)
    }
    let latencies = Latency.measure(sessions, budget: budget)
    before = latencies[0]
    after = latencies[1]
    self.batch = batch
    isUnchanged = pruned == dense
  }
}
