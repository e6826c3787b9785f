import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors

/// Greedy forward selection of many layers: groups in the order of the network, each on the activations of the network
/// pruned so far, judged against the dense network.
///
/// Source: M. Ye, L. Wu and Q. Liu, "Greedy Optimization Provably Wins the Lottery: Logarithmic Number of Winning
/// Tickets is Enough" (NeurIPS 2020).
/// Complexity: that of ``PublishedGreedySelection`` for each group, and a pass of the pruned network each.
package struct MultiLayerGreedySelection: Sendable {
  /// The selection of one group.
  package var greedy = PublishedGreedySelection()

  /// Selection of every group by `greedy`.
  package init(_ greedy: PublishedGreedySelection = .init()) {
    self.greedy = greedy
  }

  /// A pruned network.
  package struct Result: Sendable {
    /// The smaller network, with the weights that the selection gives.
    package let graph: Graph
    /// The units kept of each group, in ascending order, by the group's identifier.
    package let kept: [String: [Int]]
    /// Seconds of all selections.
    package let seconds: Double
  }

  /// Prunes the groups of `graph` that `request` names, to the sizes it asks for; its method and re-fit play no part.
  ///
  /// - Parameter progress: Called after each group with its identifier.
  /// - Throws: `EspalierError`: a refusal if nothing can be pruned; otherwise if several layers read a group, or
  ///   network and data do not fit.
  package func prune(
    _ graph: Graph, _ request: PruningRequest, on data: any CalibrationData,
    backend: any Backend = Backends.standard, progress: (String) -> Void = { _ in }
  ) throws(EspalierError) -> Result {
    let dense = try graph.preparedForPruning()
    let targets = try request.targets(among: dense.pruningGroups())
    var (scaled, kept, seconds, done) = (dense, [String: [Int]](), 0.0, [PruningGroup]())
    for group in targets {
      let count = request.count(for: group)
      let checkpoints = try greedy.select(
        [count], of: group, in: dense, asPruned: done.isEmpty ? nil : scaled.masking(done, keeping: kept), on: data,
        backend: backend)
      guard let last = checkpoints.last else {
        throw EspalierError(.internal, "group \"\(group.id)\"", "has no selection")
      }
      kept[group.id] = last.kept
      seconds += last.seconds
      if greedy.weights == .meanField { scaled = try scaled.meanField(group, keeping: last.kept.count) }
      done.append(group)
      progress(group.id)
    }
    return Result(graph: try scaled.pruning(targets, keeping: kept), kept: kept, seconds: seconds)
  }
}

extension Graph {
  /// The graph in which the layer that reads `group` has C / n times its weights for the group's units, for n of C
  /// kept.
  ///
  /// - Throws: `EspalierError` if several layers read the group, or one whose channels are divided into groups.
  func meanField(_ group: PruningGroup, keeping count: Int) throws(EspalierError) -> Graph {
    let layer = try group.soleConsumer()
    let (name, axis) = (layer.weight.value, layer.weight.axis)
    guard layer.groups == 1, var weight = constants[name], weight.elementType == .float32 else {
      throw EspalierError(
        .model, "layer \"\(layer.label)\"", "has weights that mean-field selection does not scale",
        remedy: "keep the weights unchanged")
    }
    let factor = Float(group.size) / Float(count)
    let (width, inner) = (weight.shape[axis], weight.shape[(axis + 1)...].reduce(1, *))
    var factors = [Float](repeating: 1, count: width)
    for channel in group.elements[layer.activation]!.joined() { factors[channel] = factor }
    weight.withMutableElements(as: Float.self) { values in
      for index in values.indices { values[index] *= factors[index / inner % width] }
    }
    var graph = self
    graph.constants[name] = weight
    return graph
  }
}
