import EspalierTensors

/// A node that replaces two nodes, with the constants it adds.
package struct FusedNode {
  /// The node, parsed.
  package var node: TypedNode
  /// The modified weights and biases, by name.
  package var constants: [String: Tensor]

  /// `node`, which also reads `constants`.
  package init(_ node: TypedNode, constants: [String: Tensor] = [:]) {
    self.node = node
    self.constants = constants
  }
}

/// An operator that takes in the node before or after it, in networks that are only run. It saves a pass over memory
/// for each fused node.
package protocol FusingOperator: Operator {
  /// One node that computes both `first` and `second`, the only reader of its result; `nil` if there is none. It may
  /// read the other operands of `second`.
  static func absorbing(_ first: TypedNode, _ second: TypedNode) -> FusedNode?
}
