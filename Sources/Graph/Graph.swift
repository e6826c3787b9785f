import EspalierTensors
import OrderedCollections

/// A computation: nodes in an order in which each can run, over named values of which each is made once.
///
/// A graph is a value. A pass over it (pruning, differentiation, ...) is a function from one graph to another.
package struct Graph: Hashable, Sendable {
  /// The graph's name.
  package var name: String
  /// The nodes, each after those whose outputs it reads.
  package var nodes: [Node]
  /// What is declared as input. Old files list constants here too, as defaults; see ``feeds``.
  package var inputs: [ValueInfo]
  /// What the graph computes.
  package var outputs: [ValueInfo]
  /// The values that are stored with the graph: weights, biases and shape arithmetic (ONNX: initializers).
  package var constants: OrderedDictionary<String, Tensor>
  /// What the file declares of intermediate values.
  package var intermediates: [ValueInfo]
  /// The version of each operator set that the nodes are written in, by domain.
  package var opsets: OrderedDictionary<String, Int>
  /// Text for the reader.
  package var documentation: String
  /// Further named text kept with the graph.
  package var metadata: OrderedDictionary<String, String>
  /// What is noted about constants beside their values, by the constant's name.
  package var remarks: [String: Remark]

  /// A graph of these parts. ``validate()`` says whether they fit together.
  package init(
    name: String = "graph", nodes: [Node] = [], inputs: [ValueInfo] = [], outputs: [ValueInfo] = [],
    constants: OrderedDictionary<String, Tensor> = [:], intermediates: [ValueInfo] = [],
    opsets: OrderedDictionary<String, Int> = ["": 17], documentation: String = "",
    metadata: OrderedDictionary<String, String> = [:], remarks: [String: Remark] = [:]
  ) {
    self.name = name
    self.nodes = nodes
    self.inputs = inputs
    self.outputs = outputs
    self.constants = constants
    self.intermediates = intermediates
    self.opsets = opsets
    self.documentation = documentation
    self.metadata = metadata
    self.remarks = remarks
  }

  /// The inputs that a caller must supply: those declared that no constant stands for.
  package var feeds: [ValueInfo] {
    inputs.filter { constants[$0.name] == nil }
  }
}
