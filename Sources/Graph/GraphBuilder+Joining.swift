extension GraphBuilder {
  /// Adds all of `other` and returns the new name of each of its values.
  ///
  /// - Parameters:
  ///   - prefix: The text prepended to the names of its values.
  ///   - shared: The values common to both graphs: they keep their names, and inputs among them are declared once.
  ///     Values captured by subgraphs are treated as shared.
  /// - Complexity: O(values of `other`).
  @discardableResult
  package mutating func add(_ other: Graph, prefix: String, sharing shared: Set<String>) -> [String: String] {
    var renamed: [String: String] = [:]
    let own = Set(graph.inputs.map(\.name))
    let part = other.renamed { name in
      if name.isEmpty || shared.contains(name) { return name }
      if let known = renamed[name] { return known }
      let new = unusedName(prefix + name)
      renamed[name] = new
      return new
    }
    graph.nodes += part.nodes
    graph.inputs += part.inputs.filter { !own.contains($0.name) }
    graph.outputs += part.outputs
    graph.intermediates += part.intermediates
    graph.constants.merge(part.constants) { first, _ in first }
    graph.remarks.merge(part.remarks) { first, _ in first }
    for name in shared { renamed[name] = name }
    return renamed
  }
}
