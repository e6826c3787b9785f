import EspalierGraph

extension Graph {
  /// The same graph with the nodes of `added` and their stored tensors, each node as early as its inputs allow, so that
  /// no value is kept longer than necessary. Among nodes that are ready, the first of `added` comes first.
  ///
  /// Complexity: O(nodes + added nodes), and for each added node the number of nodes ready at the same time.
  package func weaving(_ added: [Graph]) -> Graph {
    var result = self
    result.nodes = []
    for part in added { result.constants.merge(part.constants) { first, _ in first } }
    var queue = WaitingNodes(added.flatMap(\.nodes), knowing: Set(result.constants.keys).union(inputs.map(\.name)))
    result.nodes += queue.takeReady()
    for node in nodes {
      result.nodes.append(node)
      queue.admit(node.outputs)
      result.nodes += queue.takeReady()
    }
    return result
  }
}

/// Nodes that wait for their inputs.
private struct WaitingNodes {
  private let nodes: [Node]
  /// For each node, the number of its inputs that are not available yet.
  private var missing: [Int]
  /// For each value that is not available yet, the nodes that read it.
  private var readers: [String: [Int]] = [:]
  /// The nodes that are ready, the first of them last.
  private var ready: [Int]

  init(_ nodes: [Node], knowing known: Set<String>) {
    self.nodes = nodes
    missing = []
    for (position, node) in nodes.enumerated() {
      let values = Set(node.inputs.filter { !$0.isEmpty && !known.contains($0) })
      missing.append(values.count)
      for value in values { readers[value, default: []].append(position) }
    }
    ready = missing.indices.filter { [missing] in missing[$0] == 0 }.reversed()
  }

  /// Marks these values as available.
  mutating func admit(_ values: [String]) {
    for value in values {
      for position in readers.removeValue(forKey: value) ?? [] {
        missing[position] -= 1
        guard missing[position] == 0 else { continue }
        ready.insert(position, at: ready.firstIndex { $0 < position } ?? ready.endIndex)
      }
    }
  }

  /// Removes and returns all nodes that are ready, including those that wait only for others of them.
  mutating func takeReady() -> [Node] {
    var taken: [Node] = []
    while let position = ready.popLast() {
      taken.append(nodes[position])
      admit(nodes[position].outputs)
    }
    return taken
  }
}
