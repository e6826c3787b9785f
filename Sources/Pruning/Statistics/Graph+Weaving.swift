import Graph

extension Graph {
  /// The same graph with `added` nodes, each as early as what it reads allows, so that nothing is kept for it any longer than needed.
  ///
  /// Complexity: O(nodes x added nodes).
  func weaving(_ added: [Node]) -> Graph {
    var result = self
    result.nodes = []
    var available = Set(constants.keys).union(inputs.map(\.name))
    var waiting = added
    func admit(_ node: Node, _ nodes: inout [Node]) {
      nodes.append(node)
      available.formUnion(node.outputs)
    }
    func admitReady(_ nodes: inout [Node]) {
      while let index = waiting.firstIndex(where: { $0.inputs.allSatisfy { $0.isEmpty || available.contains($0) } }) {
        admit(waiting.remove(at: index), &nodes)
      }
    }
    admitReady(&result.nodes)
    for node in nodes {
      admit(node, &result.nodes)
      admitReady(&result.nodes)
    }
    return result
  }
}
