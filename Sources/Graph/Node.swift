import OrderedCollections

/// One application of an operator to named values.
package struct Node: Hashable, Sendable {
  /// The node's own name; it may be empty and need not be unique.
  package var name: String
  /// The operator that is applied.
  package var op: OperatorName
  /// The names of the inputs; an empty name stands for an omitted optional input.
  package var inputs: [String]
  /// The names of the outputs; an empty name stands for an output that is not needed.
  package var outputs: [String]
  /// The operator's settings by name.
  package var attributes: OrderedDictionary<String, Attribute>
  /// Documentation for people.
  package var documentation: String
  /// Additional key-value text.
  package var metadata: OrderedDictionary<String, String>
  /// The remarks on attributes, by the attribute's name.
  package var remarks: [String: Remark]
  /// The operator that the file names, if the node is read as another.
  var original: OperatorName?

  /// A node that applies `op` to `inputs`.
  package init(
    _ op: OperatorName, name: String = "", _ inputs: [String], _ outputs: [String],
    _ attributes: OrderedDictionary<String, Attribute> = [:],
    documentation: String = "", metadata: OrderedDictionary<String, String> = [:],
    remarks: [String: Remark] = [:]
  ) {
    self.name = name
    self.op = op
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
    self.documentation = documentation
    self.metadata = metadata
    self.remarks = remarks
  }

  /// The node's name in messages: its own, or else that of its first output.
  package var label: String {
    name.isEmpty ? (outputs.first { !$0.isEmpty } ?? "unnamed \(op)") : name
  }

  /// The values that the node's subgraphs (the branches of `If`, the body of `Loop`) capture from the graph around
  /// them.
  package var capturedValues: Set<String> {
    var captured: Set<String> = []
    for attribute in attributes.values {
      switch attribute {
      case .graph(let graph): captured.formUnion(graph.capturedValues)
      case .graphs(let graphs): for graph in graphs { captured.formUnion(graph.capturedValues) }
      default: break
      }
    }
    return captured
  }
}
