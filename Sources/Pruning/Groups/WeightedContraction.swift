import EspalierGraph
import EspalierOperators

/// A node that sums over an axis with weights stored in the graph, with the names of the values it acts on, and with the stored
/// vectors that are applied to nothing but its output.
package struct WeightedContraction: Hashable, Sendable {
  /// The node's name for messages.
  package let label: String
  /// Its operator.
  let op: OperatorName
  /// The hidden representation H and the axis that is summed over.
  package let activation: ValueAxis
  /// How many axes the hidden representation has.
  package let activationRank: Int
  /// The weights W1 and the axis that is summed over.
  package let weight: ValueAxis
  /// The axis of the weights that becomes an axis of the output.
  package let outputAxis: ValueAxis
  /// In how many groups channels and outputs are cut, each seeing nothing of the others.
  package let groups: Int
  /// What is added to the output, one number an output, where it is stored in the graph.
  package internal(set) var bias: String?
  /// What the stored weights are multiplied by.
  package let weightScale: Float
  /// What the stored bias is multiplied by.
  package internal(set) var biasScale: Float
  /// What the node itself makes.
  package let product: String
  /// The normalisation by stored statistics that follows, where nothing else reads the product.
  package internal(set) var normalization: StoredNormalization?
  /// The result U, all of this applied.
  package internal(set) var output: String

  /// `contraction` of a node; `nil` if its weights are computed rather than stored.
  init?(_ contraction: Contraction, of typed: TypedNode) {
    let node = typed.node
    guard case .input(let position) = contraction.weight.port, typed.constants[position] != nil,
      case .input(let source) = contraction.activation.port, let type = typed.inputs[source]
    else { return nil }
    label = node.label
    op = node.op
    groups = contraction.groups
    activation = node.value(contraction.activation)
    activationRank = type.shape.rank
    weight = node.value(contraction.weight)
    outputAxis = node.value(contraction.outputAxis)
    product = node.outputs[0]
    output = product
    weightScale = contraction.weightScale
    biasScale = contraction.biasScale
    if case .input(let addend)? = contraction.bias, typed.constants[addend] != nil {
      bias = node.inputs[addend]
    } else {
      bias = nil
    }
  }
}

extension WeightedContraction {
  /// How many channels the layer reads, over all its groups.
  func channelCount(in graph: Graph) -> Int {
    (graph.constants[weight.value]?.shape[weight.axis] ?? 0) * weight.blocks
  }
}

/// A batch normalisation by stored statistics, `scale (x - mean) / sqrt(variance + epsilon) + shift`, one number an output each.
package struct StoredNormalization: Hashable, Sendable {
  /// The names of the stored vectors.
  package let scale, shift, mean, variance: String
  /// What keeps the root from zero.
  package let epsilon: Float
}
