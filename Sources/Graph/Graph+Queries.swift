extension Graph {
  /// For each value, the positions in ``nodes`` of the nodes that read it, subgraphs included.
  package func consumers() -> [String: [Int]] {
    var consumers: [String: [Int]] = [:]
    for (position, node) in nodes.enumerated() {
      for value in Set(node.inputs).union(node.capturedValues) where !value.isEmpty {
        consumers[value, default: []].append(position)
      }
    }
    return consumers
  }

  /// For each value that a node computes, the position in ``nodes`` of that node.
  package func producers() -> [String: Int] {
    var producers: [String: Int] = [:]
    for (position, node) in nodes.enumerated() {
      for value in node.outputs where !value.isEmpty { producers[value] = position }
    }
    return producers
  }

  /// The fixed batch size of the network, if an input declares one, and none leaves it open.
  package var fixedBatch: Int? {
    guard !feeds.contains(where: \.leavesFirstAxisOpen) else { return nil }
    return feeds.compactMap { $0.dimensions?.first?.size }.filter { $0 > 0 }.max()
  }

  /// The values that the graph reads but does not compute: those that a subgraph captures from the graph around it.
  package var capturedValues: Set<String> {
    var own = Set(constants.keys).union(inputs.map(\.name))
    var captured: Set<String> = []
    for node in nodes {
      captured.formUnion(node.inputs.filter { !$0.isEmpty && !own.contains($0) })
      captured.formUnion(node.capturedValues.subtracting(own))
      own.formUnion(node.outputs)
    }
    captured.formUnion(outputs.map(\.name).filter { !own.contains($0) })
    return captured
  }

  /// `base` if no value of the graph has that name, otherwise `base` with a number appended.
  ///
  /// - Complexity: O(values); to make several names, keep a ``NameTable`` or use a ``GraphBuilder``.
  package func unusedName(_ base: String) -> String {
    var names = NameTable(of: self)
    return names.take(base)
  }
}
