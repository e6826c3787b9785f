import EspalierFiles

extension Graph {
  /// Checks that the graph is well formed: every value is computed once, before it is read, and every output exists.
  ///
  /// - Throws: `EspalierError` that names the node and the value at fault.
  package func validate() throws(EspalierError) {
    var known = Set(constants.keys)
    for input in inputs {
      if known.contains(input.name), constants[input.name] == nil {
        throw EspalierError(.model, "input \"\(input.name)\"", "is declared twice")
      }
      known.insert(input.name)
    }
    try validate(knowing: known)
  }

  /// Validates a subgraph, which may also read values of the graphs around it.
  private func validate(knowing outer: Set<String>) throws(EspalierError) {
    var known = outer
    for node in nodes {
      for input in node.inputs where !input.isEmpty && !known.contains(input) {
        throw EspalierError(
          .model, "node \"\(node.label)\" (\(node.op))", "reads \"\(input)\", which nothing before it makes",
          remedy: "the nodes of an ONNX file must be in topological order")
      }
      for attribute in node.attributes.values {
        switch attribute {
        case .graph(let graph): try graph.validateSubgraph(knowing: known)
        case .graphs(let graphs): for graph in graphs { try graph.validateSubgraph(knowing: known) }
        default: break
        }
      }
      for output in node.outputs where !output.isEmpty {
        guard known.insert(output).inserted else {
          throw EspalierError(
            .model, "node \"\(node.label)\" (\(node.op))", "makes \"\(output)\", which exists already")
        }
      }
    }
    for output in outputs where !known.contains(output.name) {
      throw EspalierError(.model, "output \"\(output.name)\"", "is made by no node")
    }
  }

  private func validateSubgraph(knowing outer: Set<String>) throws(EspalierError) {
    try validate(knowing: outer.union(constants.keys).union(inputs.map(\.name)))
  }
}
