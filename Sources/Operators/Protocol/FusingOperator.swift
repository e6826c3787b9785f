import EspalierTensors

/// A node, with what it newly stores, that does what two nodes did.
package struct FusedNode {
  /// The node, parsed.
  package var node: TypedNode
  /// Weights and biases that were worked out anew, by name.
  package var constants: [String: Tensor]

  /// `node`, which reads `constants` besides.
  package init(_ node: TypedNode, constants: [String: Tensor] = [:]) {
    self.node = node
    self.constants = constants
  }
}

/// An operator that does the work of others and of what follows them. It is made where a network is only run, and saves a pass over
/// memory for each node that it takes in.
package protocol FusingOperator: Operator {
  /// One node that computes what `first` and `second`, the only reader of its result, compute together; `nil` where there is none. It
  /// may read what `second` reads.
  static func absorbing(_ first: TypedNode, _ second: TypedNode) -> FusedNode?
}
