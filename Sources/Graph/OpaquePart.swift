import EspalierFiles
import EspalierTensors
import OrderedCollections

/// The part of a network that is neither run nor changed: nodes whose operator is unknown or used in a way that is not
/// supported, and all that depends on them.
///
/// A graph with such a part is the rest of the network. The values that the part reads of it are outputs of that graph,
/// and so keep their shapes whatever happens to the graph; ``Graph/whole`` puts both together again.
package struct OpaquePart: Hashable, Sendable {
  /// A node with an unknown operator, or one that is not run as this node asks for.
  package struct Cause: Hashable, Sendable, CustomStringConvertible {
    /// The node's name.
    package let node: String
    /// Its operator.
    package let op: OperatorName
    /// What the node asks for that is not supported; `nil` if the operator is unknown.
    package var error: EspalierError?

    /// For example, `NonMaxSuppression "nms"`, or `Gelu "act" (does not know the approximation "erf")`.
    package var description: String {
      "\(op) \"\(node)\"" + (error.map { " (\($0.fault)\($0.remedy.map { ": " + $0 } ?? ""))" } ?? "")
    }
  }

  /// The nodes, in order, with those that make their constants.
  package let nodes: [Node]
  /// The constants that the nodes read.
  package let constants: OrderedDictionary<String, Tensor>
  /// The remarks on them.
  package let remarks: [String: Remark]
  /// The declarations of values that the nodes make.
  package let intermediates: [ValueInfo]
  /// The inputs of the whole network, in order.
  package let inputs: [ValueInfo]
  /// The outputs of the whole network, in order.
  package let outputs: [ValueInfo]
  /// The nodes that are not run themselves and read values of the rest, or of none; those behind others are not named.
  package let causes: [Cause]
  /// For each value of the rest that the nodes read, one that reads it.
  package let readers: [String: Cause]

  /// The outputs of the network that the part makes.
  package var madeOutputs: [String] {
    let made = Set(nodes.flatMap(\.outputs))
    return outputs.map(\.name).filter(made.contains)
  }

  /// What the part is, and what holds it: one sentence.
  package var sentence: String {
    let others = nodes.count - causes.count
    return "\(causes.map(\.description).listed()) cannot be run here"
      + (others > 0 ? ", with \(others) \(others == 1 ? "node" : "nodes") that depend on it or feed it" : "")
      + ": kept as in the file, neither run nor compared nor counted"
  }

  /// The names of all values that the part stores or makes.
  var names: Set<String> { Set(constants.keys).union(nodes.flatMap(\.outputs)) }
}
