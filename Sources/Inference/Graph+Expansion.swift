import Files
import Graph
import Operators
import Tensors

extension Graph {
  /// The same computation with the body of every composite operator in its place, written for inputs of these types.
  ///
  /// - Parameter variables: Constants whose elements will change between runs.
  /// - Throws: `EspalierError` if types cannot be inferred.
  /// - Complexity: O(nodes) for each level of composites within composites; nothing where there are none.
  public func expandingComposites(
    feeds: [String: TensorType], variables: Set<String> = []
  ) throws(EspalierError) -> Graph {
    var graph = self
    while graph.hasComposites {
      graph = graph.expandingOnce(try TypeInference(graph, feeds: feeds, variables: variables))
    }
    return graph
  }

  private var hasComposites: Bool { nodes.contains { OperatorRegistry.find($0.op) is any CompositeOperator.Type } }

  private func expandingOnce(_ inference: TypeInference) -> Graph {
    var expanded = self
    expanded.nodes = []
    for typed in inference.nodes {
      if let composite = typed.op as? any CompositeOperator {
        expanded.append(composite.body, of: typed.node)
      } else {
        expanded.nodes.append(typed.node)
      }
    }
    expanded.opsets["espalier"] = 1
    return expanded
  }

  /// Appends the nodes of a body under names of their own, and the composite's outputs.
  private mutating func append(_ body: Body, of node: Node) {
    let prefix = "body of \(node.outputs.first { !$0.isEmpty } ?? node.label)"
    let operands = Dictionary(
      zip(body.operands, node.inputs).filter { !$0.0.isEmpty }, uniquingKeysWith: { first, _ in first })
    func name(_ value: String) -> String { value.isEmpty ? "" : operands[value] ?? "\(prefix)/\(value)" }
    for (value, tensor) in body.constants { constants[name(value)] = tensor }
    for step in body.nodes {
      let own = step.node
      nodes.append(
        Node(own.op, name: name(own.name), own.inputs.map(name), own.outputs.map(name), own.attributes))
    }
    for (result, output) in zip(body.results, node.outputs) where !output.isEmpty {
      nodes.append(Node(.identityInBodies, name: node.name, [name(result)], [output]))
    }
  }
}

extension OperatorName {
  fileprivate static let identityInBodies = OperatorName("Identity", domain: bodyDomain)
}
