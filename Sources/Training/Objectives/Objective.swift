import EspalierDatasets
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// What training minimises: a loss computed behind a network.
protocol Objective {
  /// The network that is trained.
  var network: Graph { get }

  /// The network in training mode with the loss behind it, for batches of `batchSize` samples.
  ///
  /// - Throws: `EspalierError` if the loss cannot be computed from the network.
  func loss(on network: Graph, batchSize: Int) throws(EspalierError) -> Loss

  /// Checksums of the networks that the loss is made of, by what messages call them.
  var checksums: [String: UInt32] { get }

  /// What the graph of ``loss(on:batchSize:)`` reads.
  func inputs(_ batch: Batch) -> [String: Tensor]
}

/// A graph that computes a loss.
struct Loss {
  /// The graph.
  let graph: Graph
  /// The scalar that is minimised.
  let value: String
  /// The types of its inputs, those of the longest samples where lengths differ.
  let feeds: [String: TensorType]
}
