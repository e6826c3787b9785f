import EspalierGraph
import EspalierOperators
import EspalierTensors

/// A value of a small network that is to equal the large one's.
package struct DistillationPoint: Hashable, Sendable {
  /// How two values are compared.
  package enum Distance: Hashable, Sendable {
    /// `|| student - teacher ||^2 / || teacher ||^2`.
    case relativeError
    /// The same, and the Kullback-Leibler divergence of the class probabilities: of rows of class scores.
    case relativeErrorAndDivergence
  }

  /// The value's name in both networks.
  package let value: String
  /// How it is compared.
  package let distance: Distance

  /// Compares `value` as `distance` says.
  package init(_ value: String, _ distance: Distance = .relativeError) {
    (self.value, self.distance) = (value, distance)
  }

  /// The point at which the output `value` is learnt: itself, or the class scores where a softmax of rows makes
  /// probabilities of them.
  ///
  /// A row of several numbers for each sample is taken for class scores.
  init(output value: String, madeBy node: TypedNode?) {
    let type = node?.outputs.first
    guard let node, node.node.outputs.first == value, let shape = type?.shape, shape.rank >= 2, shape[1] > 1,
      shape.dropFirst(2).allSatisfy({ $0 == 1 })
    else {
      self.init(value)
      return
    }
    let isSoftmax = node.op is Softmax || node.op is LogSoftmax
    self.init(isSoftmax && shape.rank == 2 ? node.node.inputs[0] : value, .relativeErrorAndDivergence)
  }

  /// The input that holds the large network's value.
  package var target: String { "distillation/target of \(value)" }
}
