extension Graph {
  /// The same network in which every node reads its own copy of a stored vector.
  ///
  /// Exporters store equal vectors once: all normalisations of a fresh network share their ones and zeros. Taken
  /// literally, that ties unrelated layers, and a group could only be pruned in all of them at once. Matrices are
  /// shared deliberately, and stay shared. Complexity: O(nodes), plus the bytes of the copies.
  package func separatingSharedVectors() -> Graph {
    var builder = GraphBuilder(rewriting: self)
    var owners: Set<String> = []
    for var node in nodes {
      for (input, name) in node.inputs.enumerated() {
        guard let vector = constants[name], vector.shape.rank == 1, vector.count > 1,
          vector.elementType.isFloatingPoint, !owners.insert(name).inserted
        else { continue }
        node.inputs[input] = builder.store(vector, as: name)
      }
      builder.append(node)
    }
    return builder.graph
  }
}
