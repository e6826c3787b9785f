import EspalierDatasets
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// The objective of training: a loss computed from a network.
protocol Objective {
  /// The network to train.
  var network: Graph { get }

  /// The network in training mode followed by the loss, for batches of `batchSize` samples.
  ///
  /// - Throws: `EspalierError` if the loss cannot be computed from the network.
  func loss(on network: Graph, batchSize: Int) throws(EspalierError) -> Loss

  /// Checksums of the networks that define the loss, by their names in messages.
  var checksums: [String: UInt32] { get }

  /// The inputs of the graph of ``loss(on:batchSize:)`` for `batch`.
  func inputs(_ batch: Batch) -> [String: Tensor]
}

/// A graph that computes a loss.
struct Loss {
  /// The graph.
  let graph: Graph
  /// The scalar to minimise.
  let value: String
  /// The types of its inputs, for the longest samples if lengths differ.
  let feeds: [String: TensorType]
}
