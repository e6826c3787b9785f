import OrderedCollections

/// One application of an operator: which operator, to which values, giving which.
package struct Node: Hashable, Sendable {
  /// The node's own name; may be empty, need not be unique.
  package var name: String
  /// Which operator is applied.
  package var op: OperatorName
  /// The names of the values it reads; an empty name stands for an optional input left out.
  package var inputs: [String]
  /// The names of the values it makes; an empty name stands for an output nobody wants.
  package var outputs: [String]
  /// The operator's settings by name.
  package var attributes: OrderedDictionary<String, Attribute>
  /// Text for the reader.
  package var documentation: String
  /// Further named text kept with the node.
  package var metadata: OrderedDictionary<String, String>
  /// What is noted about attributes beside their values, by the attribute's name.
  package var remarks: [String: Remark]

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

  /// How messages call the node: its name, or else the name of its first output.
  package var label: String {
    name.isEmpty ? (outputs.first { !$0.isEmpty } ?? "unnamed \(op)") : name
  }

  /// Names that the node's subgraphs (the branches of `If`, the body of `Loop`) take from the graph around them.
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
