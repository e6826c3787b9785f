import OrderedCollections

extension Node {
  /// The operator that the file names.
  package var fileOperator: OperatorName { original ?? op }

  /// The same node read as another operator, with attributes of this project's added; files keep what they have.
  package func read(as op: OperatorName, adding own: OrderedDictionary<String, Attribute> = [:]) -> Node {
    var node = self
    (node.op, node.original) = (op, fileOperator)
    for (name, value) in own { node.attributes[Self.ownPrefix + name] = value }
    return node
  }

  /// The attribute of this project's called `name`, which no file has.
  package func ownAttribute(_ name: String) -> Attribute? { attributes[Self.ownPrefix + name] }

  private static let ownPrefix = "espalier."

  /// The same node with the operator that the file names.
  fileprivate var restored: Node {
    guard let original else { return self }
    var node = self
    (node.op, node.original) = (original, nil)
    node.attributes.removeAll { $0.key.hasPrefix(Self.ownPrefix) }
    return node
  }
}

extension Graph {
  /// The same network with the operators that the file names.
  package func restoringOperators() -> Graph {
    var graph = self
    graph.nodes = nodes.map(\.restored)
    return graph
  }
}
