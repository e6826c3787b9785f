import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTensors

/// One batch of samples as a layer that reads a group sees it.
struct HiddenBatch {
  /// The network's inputs.
  let inputs: [String: Tensor]
  /// The hidden representation H, the input of the layer.
  let hidden: Tensor
  /// The dense network's values by which a selection is judged.
  let target: [String: Tensor]
}

extension PruningGroup {
  /// The one layer that reads the group, as forward passes need it.
  ///
  /// - Throws: `EspalierError` if several do.
  func soleConsumer() throws(EspalierError) -> WeightedContraction {
    guard let layer = consumers.first, consumers.count == 1 else {
      throw EspalierError(
        .model, "group \"\(id)\"", "is read by \(consumers.count) layers, and selection by forward passes is for one",
        remedy: "take a method that works on statistics, as gfs")
    }
    return layer
  }
}

/// Makes the batches of a group: H from the network as pruned so far, the target from the dense one.
struct HiddenBatches {
  private let activation: String
  private let judged: [String]
  private let dense: ShapedSessions
  /// `nil` while nothing is pruned, when both are one network.
  private let pruned: ShapedSessions?

  init(
    of layer: WeightedContraction, judgedBy judged: [String], in dense: Graph, asPruned pruned: Graph?,
    on backend: any Backend
  ) {
    activation = layer.activation.value
    self.judged = judged
    self.dense = ShapedSessions(dense, results: judged + (pruned == nil ? [activation] : []), on: backend)
    self.pruned = pruned.map { ShapedSessions($0, results: [layer.activation.value], on: backend) }
  }

  /// The batch of `inputs`: one forward pass, or two once something is pruned.
  func batch(of inputs: [String: Tensor]) throws(EspalierError) -> HiddenBatch {
    var values = try dense.run(inputs)
    if let pruned { values.merge(try pruned.run(inputs)) { $1 } }
    guard let hidden = values[activation] else {
      throw EspalierError(.internal, "value \"\(activation)\"", "is not computed")
    }
    return HiddenBatch(inputs: inputs, hidden: hidden, target: values.filter { judged.contains($0.key) })
  }
}
