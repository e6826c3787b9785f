import EspalierTensors

/// The node by which a file computes a value that is stored here: a cast of half precision weights to single precision,
/// or weights scaled from whole numbers.
package struct StoredDecoder: Hashable, Sendable {
  /// The node, whose inputs are all stored in the file.
  package var node: Node
  /// The inputs, by name.
  package var operands: [String: Tensor]

  /// A value computed by `node` from `operands`.
  package init(_ node: Node, operands: [String: Tensor]) {
    (self.node, self.operands) = (node, operands)
  }
}
