import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierKernels
import EspalierOperators

extension Graph {
  /// The same network in which `Constant` nodes, and nodes that read stored tensors alone (biases that an exporter
  /// reshapes, weights that it transposes), are replaced by stored tensors. ``Graph/decoders`` records the nodes that
  /// computed them from narrower ones. What reads a stored matrix through `Identity` reads it itself, so that layers
  /// which share weights go on to do so. Equal scales and biases, which exporters store once, become each layer's own:
  /// they take next to nothing and would tie channels that have nothing to do with each other.
  ///
  /// Results are stored while they take no more than ``storageLimit``; other nodes stay, and compute when the network
  /// runs.
  ///
  /// - Throws: `EspalierError` if a node that can be computed in advance does not fit its inputs.
  package func storingWhatIsKnown() throws(EspalierError) -> Graph {
    try storingConstantNodes().readingStoredDirectly().computingStored()
  }

  /// The same network without `Identity` of stored matrices, by which exporters let layers share weights.
  private func readingStoredDirectly() -> Graph {
    let matrices = constants.filter { $0.value.shape.count { $0 > 1 } > 1 }
    let stored = Set(matrices.keys).subtracting(feeds.map(\.name))
    let kept = Set(outputs.map(\.name)).union(nodes.flatMap(\.capturedValues))
    var owners: [String: String] = [:]
    var graph = self
    graph.nodes = []
    for var node in nodes {
      node.inputs = node.inputs.map { owners[$0] ?? $0 }
      if node.op == Identity.name, let owner = node.inputs.first, stored.contains(owner),
        let alias = node.outputs.first, !kept.contains(alias)
      {
        owners[alias] = owner
      } else {
        graph.nodes.append(node)
      }
    }
    graph.intermediates.removeAll { owners[$0.name] != nil }
    return graph
  }

  private func computingStored() throws(EspalierError) -> Graph {
    let (candidates, _) = separatingKnown { _ in true }
    guard !candidates.isEmpty else { return self }
    var part = self
    part.inputs = []
    part.nodes = candidates
    let types = try TypeInference(part, feeds: [:]).types
    var room = storageLimit
    let (computed, left) = separatingKnown { node in
      let bytes = node.outputs.reduce(0) { $0 + Double(types[$1]?.byteCount ?? 0) }
      guard bytes <= room else { return false }
      room -= bytes
      return true
    }
    guard !computed.isEmpty else { return self }
    let read = Set(left.flatMap(\.inputs)).union(left.flatMap(\.capturedValues)).subtracting([""])
    let results = computed.flatMap(\.outputs).filter(read.contains)
    part.nodes = computed
    let values = try Session(Plan(part, feeds: [:], results: results), on: ReferenceBackend()).run([:])
    var graph = self
    graph.nodes = left
    for name in results { graph.constants[name] = values[name] }
    for node in computed {
      if let output = node.outputs.first, read.contains(output) { graph.decoders[output] = decoder(node) }
    }
    let readers = read.union(outputs.map(\.name))
    let unread = Set(graph.constants.keys).subtracting(readers)
    graph.constants.removeAll { unread.contains($0.key) }
    // Old files also declare stored tensors as inputs.
    graph.inputs.removeAll { unread.contains($0.name) }
    return graph
  }

  /// The bytes of all results that may be stored: several times those that the file stores, but not more than those by
  /// any factor that a node states.
  private var storageLimit: Double { Double(constants.values.reduce(1 << 24) { $0 + 2 * $1.byteCount }) }

  /// The nodes that read stored values alone and that `isAccepted` takes, and all others, in order.
  private func separatingKnown(_ isAccepted: (Node) -> Bool) -> (known: [Node], left: [Node]) {
    var known = Set(constants.keys).subtracting(feeds.map(\.name))
    let results = Set(outputs.map(\.name))
    var parts: (known: [Node], left: [Node]) = ([], [])
    for node in nodes {
      let inputs = node.inputs.filter { !$0.isEmpty }
      let isKnown =
        !inputs.isEmpty && inputs.allSatisfy(known.contains) && OperatorRegistry.find(node.op) != nil
        && !node.outputs.contains(where: results.contains)
        && isAccepted(node)
      if isKnown { known.formUnion(node.outputs) }
      if isKnown { parts.known.append(node) } else { parts.left.append(node) }
    }
    return parts
  }

  /// The same network with the tensors of `Constant` nodes, in which some exporters keep all weights, stored in the
  /// graph.
  private func storingConstantNodes() -> Graph {
    var result = self
    result.nodes = []
    let results = Set(outputs.map(\.name))
    for node in nodes {
      guard node.op == Constant.name, case .tensor(let tensor)? = node.attributes["value"],
        let name = node.outputs.first,
        !name.isEmpty, !results.contains(name)
      else {
        result.nodes.append(node)
        continue
      }
      result.constants[name] = tensor
    }
    return result
  }
}
