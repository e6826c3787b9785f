import EspalierFiles
import EspalierGraph
import EspalierOperators

extension Graph {
  /// The same network in which nodes with a rule are read as the rule says: as another operator, or by what they do to
  /// axes (``StatedOperator``). Files are written with the operators that they had (``restoringOperators()``).
  ///
  /// - Complexity: O(nodes).
  package func reading(_ rules: OperatorRules) -> Graph {
    let declared = Dictionary((intermediates + outputs).map { ($0.name, $0) }) { first, _ in first }
    var graph = self
    graph.nodes = nodes.map { node in
      guard let rule = rules[node.op] else { return node }
      switch rule {
      case .like(let other): return node.read(as: other)
      case .axes(let statement):
        let sizes = node.outputs.first.flatMap { declared[$0]?.dimensions }?.map { $0.size ?? -1 }
        return node.read(as: StatedOperator.name, adding: statement.attributes(shape: sizes))
      }
    }
    return graph
  }

  /// The nodes whose function is not known and that their first input stands for.
  package var standIns: [Node] { nodes.filter { $0.op == StatedOperator.name && !StatedOperator.isIdentity($0) } }

  /// The values that follow from a stand-in: not those of the network.
  ///
  /// - Complexity: O(nodes and their inputs).
  package var valuesOfStandIns: Set<String> {
    let sources = Set(standIns)
    guard !sources.isEmpty else { return [] }
    var values: Set<String> = []
    for node in nodes where sources.contains(node) || !values.isDisjoint(with: node.inputs) {
      values.formUnion(node.outputs.filter { !$0.isEmpty })
    }
    return values
  }

  /// What stand-ins mean for results; `nil` without any.
  package var standInSentence: String? {
    let nodes = standIns
    guard !nodes.isEmpty else { return nil }
    return
      "\(nodes.map { "\($0.fileOperator) \"\($0.label)\"" }.listed()) cannot be computed here, and the first input "
      + "stands for the output: layers behind keep their weights, and what is measured there is a guess"
  }
}
