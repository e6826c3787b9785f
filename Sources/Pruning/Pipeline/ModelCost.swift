import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// The storage and compute cost of a network.
package struct ModelCost: Hashable, Sendable, Codable {
  /// Weights, biases and scales stored with the graph, without running statistics of normalisations.
  package let parameters: Int
  /// Multiply-accumulate operations for one sample.
  package let macs: Int
  /// Bytes of all tensors stored with the graph.
  package let bytes: Int
  /// The peak number of bytes of intermediate values for one sample, stored in plain order: the arena of the plan.
  package let peakActivationBytes: Int

  /// The cost of `graph` for inputs of the types `feeds`.
  ///
  /// - Parameter feeds: `nil` for a batch of 1, with inner axes of unknown size as small as is valid.
  /// - Throws: `EspalierError` if an operator is unknown or shapes do not fit.
  package init(of graph: Graph, feeds: [String: TensorType]? = nil) throws(EspalierError) {
    let graph = try graph.inRealNumbers()
    parameters = graph.parameters.reduce(0) { $0 + (graph.constants[$1]?.count ?? 0) }
    bytes = graph.constants.reduce(0) { sum, constant in
      let stored = graph.decoders[constant.key].map { Array($0.operands.values) } ?? [constant.value]
      return sum + stored.reduce(0) { $0 + $1.byteCount }
    }
    let plan = if let feeds { try Plan(graph, feeds: feeds) } else { try Plan(graph, feeds: graph.feedTypes(batch: 1)) }
    macs = plan.macs
    peakActivationBytes = plan.arenaByteCount
  }
}
