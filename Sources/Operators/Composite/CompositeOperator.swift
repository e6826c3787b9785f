import EspalierTensors

/// An operator that is a function of others, as attention is of products and a softmax: it is parsed into its body, and is run
/// and differentiated as that.
///
/// A graph keeps such a node whole, so that it is read, pruned and written as one; its body is put in where a graph is compiled
/// or differentiated, when shapes are known. The operator itself adds how its axes depend on each other, and which attributes
/// repeat sizes.
package protocol CompositeOperator: Operator {
  /// The operator written out, for the types of the node's inputs.
  var body: Body { get }
}

extension CompositeOperator {
  /// The types of what the body makes.
  package var outputs: [TensorType] { body.outputs }

  /// What the nodes of the body cost together.
  package var cost: Cost { body.cost }
}
