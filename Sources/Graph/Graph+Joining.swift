extension Graph {
  /// The same graph with a value called otherwise. Values that subgraphs take from around them keep their names.
  public func renaming(_ old: String, to new: String) -> Graph {
    renamed { $0 == old ? new : $0 }
  }

  /// The same graph with `prefix` before the name of every value but those of `kept`.
  public func prefixing(with prefix: String, except kept: Set<String>) -> Graph {
    renamed { $0.isEmpty || kept.contains($0) ? $0 : prefix + $0 }
  }

  /// Both graphs in one, on the inputs of this one; the values of `other` must be called otherwise, but for inputs they share.
  public func joining(_ other: Graph) -> Graph {
    var graph = self
    let known = Set(inputs.map(\.name))
    graph.nodes += other.nodes
    graph.inputs += other.inputs.filter { !known.contains($0.name) }
    graph.outputs += other.outputs
    graph.intermediates += other.intermediates
    graph.constants.merge(other.constants) { first, _ in first }
    graph.remarks.merge(other.remarks) { first, _ in first }
    return graph
  }

  private func renamed(_ name: (String) -> String) -> Graph {
    var graph = self
    for position in nodes.indices {
      graph.nodes[position].inputs = nodes[position].inputs.map(name)
      graph.nodes[position].outputs = nodes[position].outputs.map(name)
    }
    for position in inputs.indices { graph.inputs[position].name = name(inputs[position].name) }
    for position in outputs.indices { graph.outputs[position].name = name(outputs[position].name) }
    for position in intermediates.indices { graph.intermediates[position].name = name(intermediates[position].name) }
    graph.constants = .init(uniqueKeysWithValues: constants.map { (name($0.key), $0.value) })
    graph.remarks = .init(uniqueKeysWithValues: remarks.map { (name($0.key), $0.value) })
    return graph
  }
}
