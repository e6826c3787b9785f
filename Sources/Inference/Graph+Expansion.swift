import Graph
import Tensors

extension Graph {
  /// Whether a node is an operator that is a function of others.
  public var hasComposites: Bool { nodes.contains { OperatorRegistry.find($0.op) is any CompositeOperator.Type } }

  /// The same computation with the body of every composite operator in its place, written for inputs of these types.
  ///
  /// - Parameter variables: Constants whose elements will change between runs.
  /// - Throws: `DataError` if types cannot be inferred.
  /// - Complexity: O(nodes) for each level of composites within composites; nothing where there are none.
  public func expandingComposites(feeds: [String: TensorType], variables: Set<String> = []) throws -> Graph {
    var graph = self
    while graph.hasComposites {
      let inference = try TypeInference(graph, feeds: feeds, variables: variables)
      graph = try graph.expandingOnce(inference)
    }
    return graph
  }

  private func expandingOnce(_ inference: TypeInference) throws -> Graph {
    var expanded = self
    expanded.nodes = []
    for invocation in inference.invocations {
      let node = invocation.node
      guard let op = OperatorRegistry.find(node.op) as? any CompositeOperator.Type else {
        expanded.nodes.append(node)
        continue
      }
      var body = BodyBuilder(
        invocation, inputs: node.inputs, prefix: "body of \(node.outputs.first { !$0.isEmpty } ?? node.label)")
      try op.write(&body)
      expanded.nodes += body.nodes
      expanded.constants.merge(body.constants) { first, _ in first }
      for (result, output) in zip(body.results, node.outputs) where !output.isEmpty {
        expanded.nodes.append(Node(Identity.name, name: node.name, [result], [output]))
      }
    }
    expanded.opsets["espalier"] = 1
    return expanded
  }
}
