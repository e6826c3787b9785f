import EspalierTensors
import OrderedCollections

/// A computation: nodes in an order in which they can run, over named values each of which is computed once.
///
/// A graph is a value. A pass over it (pruning, differentiation, ...) is a function from one graph to another.
package struct Graph: Hashable, Sendable {
  /// The graph's name.
  package var name: String
  /// The nodes, each after those whose outputs it reads.
  package var nodes: [Node]
  /// The declared inputs. Old files also list constants here, as defaults; see ``feeds``.
  package var inputs: [ValueInfo]
  /// The results of the graph.
  package var outputs: [ValueInfo]
  /// The values stored in the graph: weights, biases and shape arithmetic (ONNX: initializers).
  package var constants: OrderedDictionary<String, Tensor>
  /// The declarations of intermediate values.
  package var intermediates: [ValueInfo]
  /// The version of each operator set that the nodes use, by domain.
  package var opsets: OrderedDictionary<String, Int>
  /// Documentation for people.
  package var documentation: String
  /// Additional key-value text.
  package var metadata: OrderedDictionary<String, String>
  /// The remarks on constants, by the constant's name.
  package var remarks: [String: Remark]
  /// The part of the network that is not run; `nil` if the graph is the whole network.
  package var opaque: OpaquePart?

  /// A graph of these parts, which ``validate()`` checks for consistency.
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

  /// The inputs that a caller must supply: the declared inputs that are not constants.
  package var feeds: [ValueInfo] {
    inputs.filter { constants[$0.name] == nil }
  }
}
