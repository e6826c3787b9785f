import EspalierGraph
import EspalierInference
import EspalierOperators

extension Graph {
  /// The number of rows that `samples` inputs of the types `feeds`, of one sample, show of the worst determined layer
  /// that reads a group which `request` asks for, over the number of its weights for each output; `nil` where it cannot
  /// be told, as when shapes depend on the data.
  ///
  /// Complexity: that of finding groups and shapes; nothing is run.
  func rowsPerWeight(
    of samples: Int, feeds: [String: TensorType], pruning request: PruningRequest
  ) -> Double? {
    guard !feeds.isEmpty, let graph = try? preparedForPruning(),
      let groups = try? request.targets(among: graph.pruningGroups()),
      let inference = try? TypeInference(graph, feeds: feeds)
    else { return nil }
    let nodes = Dictionary(
      inference.nodes.map { ($0.node.outputs.first ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    var least: Double?
    for layer in groups.flatMap(\.readers) {
      guard let node = nodes[layer.product], let shape = inference.types[layer.activation.value]?.shape else {
        return nil
      }
      let windows = (node.op as? any SlidingOperator)?.windows
      let channels = shape[layer.activation.axis]
      let rows = windows?.outputCount ?? shape.elementCount / max(channels * (shape.first ?? 1), 1)
      let weights = channels * (windows?.kernelCount ?? 1) + 1
      let own = Double(rows * samples) / Double(weights)
      least = min(least ?? own, own)
    }
    return least
  }
}
