import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

/// The latency of smaller networks relative to the dense one, measured on whole networks.
///
/// Times of single layers do not add up: layers are fused, memory is reused, and caches are shared. So whole networks
/// along a path of allocations are measured, each in turn with the dense one, and the widest that is fast enough is
/// found by bisection (``AllocationPath/widest(within:ratio:)``).
package struct LatencyProbe {
  private let dense: Session
  private let batch: Int
  private let data: any CalibrationData
  private let backend: any Backend

  /// The multiply-accumulate operations of one run: a moderate time.
  private static let operations = 5_000_000_000
  /// Seconds spent on each network.
  private static let seconds = 0.25

  /// The samples of a run of a network with so many operations for each: at most 32.
  package static func batch(forMACs macs: Int) -> Int { max(1, min(32, operations / max(1, macs))) }

  /// The latencies of networks like `graph` on batches like those of `data`.
  init(_ graph: Graph, like data: any CalibrationData, backend: any Backend) throws(EspalierError) {
    batch = Self.batch(forMACs: try ModelCost(of: graph, feeds: graph.feedTypes(batch: 1, like: data)).macs)
    self.data = data
    self.backend = backend
    dense = try Session(Plan(graph, feeds: try graph.feedTypes(batch: batch, like: data)), on: backend)
  }

  /// The median latency of `small` over that of the dense network.
  func ratio(of small: Graph) throws(EspalierError) -> Double {
    let session = try Session(Plan(small, feeds: try small.feedTypes(batch: batch, like: data)), on: backend)
    let latencies = Latency.measure([dense, session], budget: Self.seconds)
    return latencies[1].median / latencies[0].median
  }
}
