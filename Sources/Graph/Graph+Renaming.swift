extension Graph {
  /// The same graph with a value renamed. Values captured by subgraphs keep their names.
  package func renaming(_ old: String, to new: String) -> Graph {
    renamed { $0 == old ? new : $0 }
  }

  /// The same graph with every value renamed by `name`; values captured by subgraphs keep their names.
  package func renamed(_ name: (String) -> String) -> Graph {
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
    graph.storedTypes = .init(uniqueKeysWithValues: storedTypes.map { (name($0.key), $0.value) })
    graph.decoders = .init(
      uniqueKeysWithValues: decoders.map { value, decoder in
        var decoder = decoder
        decoder.node.outputs = decoder.node.outputs.map(name)
        return (name(value), decoder)
      })
    return graph
  }
}
