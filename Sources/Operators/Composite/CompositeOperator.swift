import EspalierTensors

/// An operator defined in terms of others, as attention is by products and a softmax: it is parsed into its body, by
/// which it is run and differentiated.
///
/// A graph keeps such a node whole, so that it is read, pruned and written as one; the body replaces it when a graph is
/// compiled or differentiated, with known shapes. The operator itself adds its axis rule, and the attributes that
/// repeat sizes.
package protocol CompositeOperator: Operator {
  /// The equivalent nodes, for the types of the node's inputs.
  var body: Body { get }
}

extension CompositeOperator {
  /// The types of the body's results.
  package var outputs: [TensorType] { body.outputs }

  /// The total cost of the body's nodes.
  package var cost: Cost { body.cost }
}
