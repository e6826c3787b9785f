import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The same computation with every composite operator replaced by its body, written for inputs of these types.
  ///
  /// - Parameter variables: Constants whose elements will change between runs.
  /// - Throws: `EspalierError` if types cannot be inferred.
  /// - Complexity: O(nodes) for each level of nested composites; nothing if there are none.
  package func expandingComposites(
    feeds: [String: TensorType], variables: Set<String> = []
  ) throws(EspalierError) -> Graph {
    var graph = self
    while graph.hasComposites {
      graph = graph.expandingOnce(try TypeInference(graph, feeds: feeds, variables: variables))
    }
    return graph
  }

  /// The same computation in which the steps of operators that repeat one are nodes of their own, where `isWritten`
  /// says so; `nil` if there are none.
  ///
  /// - Parameter inference: The types of this graph.
  /// - Throws: `EspalierError` if a step cannot be written.
  /// - Complexity: O(nodes + steps).
  package func writingSteps(
    _ inference: TypeInference, of isWritten: (Node) -> Bool
  ) throws(EspalierError) -> Graph? {
    var builder = GraphBuilder(rewriting: self)
    var hasSteps = false
    for typed in inference.nodes {
      if let stepped = typed.op as? any SteppedOperator, isWritten(typed.node) {
        builder.add(try stepped.steps(of: typed.call), of: typed.node)
        hasSteps = true
      } else {
        builder.append(typed.node)
      }
    }
    guard hasSteps else { return nil }
    var written = builder.graph
    written.opsets["espalier"] = 1
    return written
  }

  private var hasComposites: Bool { nodes.contains { OperatorRegistry.find($0.op) is any CompositeOperator.Type } }

  private func expandingOnce(_ inference: TypeInference) -> Graph {
    var builder = GraphBuilder(rewriting: self)
    for typed in inference.nodes {
      if let composite = typed.op as? any CompositeOperator {
        builder.add(composite.body, of: typed.node)
      } else {
        builder.append(typed.node)
      }
    }
    var expanded = builder.graph
    expanded.opsets["espalier"] = 1
    return expanded
  }
}

extension GraphBuilder {
  /// Adds the nodes of a body, under new names, in place of `node`.
  fileprivate mutating func add(_ body: Body, of node: Node) {
    let prefix = "body of \(node.outputs.first { !$0.isEmpty } ?? node.label)"
    var names = ["": ""]
    for (operand, input) in zip(body.operands, node.inputs) where !operand.isEmpty { names[operand] = input }
    for (value, tensor) in body.constants { names[value] = store(tensor, as: "\(prefix)/\(value)") }
    for step in body.nodes {
      let own = step.node
      let outputs = add(
        own.op, own.inputs.map { names[$0] ?? $0 }, own.attributes, outputs: own.outputs.map { "\(prefix)/\($0)" })
      for (value, name) in zip(own.outputs, outputs) { names[value] = name }
    }
    for (result, output) in zip(body.results, node.outputs) where !output.isEmpty {
      append(Node(Identity.name.inBodies, name: node.name, [names[result] ?? result], [output]))
    }
  }
}
