import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

/// The latency of smaller networks relative to the dense one, measured on whole networks.
///
/// Times of single layers do not add up: layers are fused, memory is reused, and caches are shared. So whole networks
/// along a path of allocations are measured, each in turn with the dense one, and the widest that is fast enough is
/// found by bisection.
package struct LatencyProbe {
  private let dense: Session
  private let batch: Int
  private let backend: any Backend

  /// The multiply-accumulate operations of one run: a moderate time.
  private static let operations = 5_000_000_000
  /// Seconds spent on each network.
  private static let seconds = 0.25

  /// The samples of a run of a network with so many operations for each: at most 32.
  package static func batch(forMACs macs: Int) -> Int { max(1, min(32, operations / max(1, macs))) }

  init(_ graph: Graph, backend: any Backend) throws(EspalierError) {
    batch = Self.batch(forMACs: try ModelCost(of: graph).macs)
    self.backend = backend
    dense = try Session(Plan(graph, feeds: try graph.feedTypes(batch: batch)), on: backend)
  }

  /// The median latency of `small` over that of the dense network.
  func ratio(of small: Graph) throws(EspalierError) -> Double {
    let session = try Session(Plan(small, feeds: try small.feedTypes(batch: batch)), on: backend)
    let latencies = Latency.measure([dense, session], budget: Self.seconds)
    return latencies[1].median / latencies[0].median
  }

  /// The first state of `path` whose latency is at most `fraction` of the dense network's, by bisection.
  ///
  /// - Parameter network: Makes the network of a state.
  /// - Throws: `EspalierError`, a refusal, if the narrowest is slower.
  /// - Complexity: O(log states) measurements of two networks.
  func state(
    of path: AllocationPath, within fraction: Double, network: ([Int]) throws(EspalierError) -> Graph
  ) throws(EspalierError) -> [Int] {
    var (low, high) = (0, path.states.count - 1)
    let narrowest = try ratio(of: network(path.states[high]))
    guard narrowest <= fraction else {
      throw EspalierError(
        refusal: "the budget latency=\(fraction) cannot be met: the smallest network, every group at its floor, takes "
          + "\((narrowest * 1000).rounded() / 1000) of the dense network's time on this machine; lower --floor, or take "
          + "in more groups by --scope")
    }
    while low < high {
      let middle = (low + high) / 2
      if try ratio(of: network(path.states[middle])) <= fraction { high = middle } else { low = middle + 1 }
    }
    return path.states[high]
  }
}
