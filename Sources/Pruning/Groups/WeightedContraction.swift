import EspalierGraph
import EspalierOperators

/// A node that sums over an axis with weights stored in the graph, with the names of the values it acts on and the
/// stored vectors that are applied to its output alone.
package struct WeightedContraction: Hashable, Sendable {
  /// The name of the node in messages.
  package let label: String
  /// Its operator.
  let op: OperatorName
  /// The hidden representation H and the summed axis.
  package let activation: ValueAxis
  /// The rank of the hidden representation.
  package let activationRank: Int
  /// The weights W1 and the summed axis.
  package let weight: ValueAxis
  /// The axis of the weights that becomes an axis of the output.
  package let outputAxis: ValueAxis
  /// The number of groups into which channels and outputs are divided, each reading its own channels only.
  package let groups: Int
  /// The stored vector added to the output, one number per output, if any.
  package internal(set) var bias: String?
  /// The factor of the stored weights.
  package let weightScale: Float
  /// The factor of the stored bias.
  package internal(set) var biasScale: Float
  /// The output of the node itself.
  package let product: String
  /// The normalisation by stored statistics that follows, if it alone reads the product.
  package internal(set) var normalization: StoredNormalization?
  /// The result U, with bias and normalisation applied.
  package internal(set) var output: String

  /// The number of channels of a product of two computed values, whose right factor is in the place of the weights;
  /// `nil` for a layer with stored weights.
  let productWidth: Int?

  /// The product of two computed values as a layer without weights: of `H_c[i, j] = left[i, c] right[c, j]`, it is the
  /// sum over c.
  init?(_ product: ValueProduct, of typed: TypedNode) {
    let node = typed.node
    guard let left = typed.inputs[0], case .input(let position) = product.right.port,
      node.inputs[0] != node.inputs[position]
    else { return nil }
    label = node.label
    op = node.op
    groups = 1
    activation = node.value(product.left)
    activationRank = left.shape.rank
    weight = node.value(product.right)
    outputAxis = ValueAxis(weight.value, weight.axis + 1)
    self.product = node.outputs[0]
    output = node.outputs[0]
    (weightScale, biasScale, bias) = (1, 1, nil)
    productWidth = left.shape.last
  }

  /// `contraction` of a node; `nil` if its weights are computed rather than stored.
  init?(_ contraction: Contraction, of typed: TypedNode) {
    let node = typed.node
    guard case .input(let position) = contraction.weight.port, typed.constants[position] != nil,
      case .input(let source) = contraction.activation.port, let type = typed.inputs[source]
    else { return nil }
    productWidth = nil
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
  /// The number of channels that the layer reads, over all its groups.
  func channelCount(in graph: Graph) -> Int {
    productWidth ?? (graph.constants[weight.value]?.shape[weight.axis] ?? 0) * weight.blocks
  }
}

/// A batch normalisation by stored statistics, `scale (x - mean) / sqrt(variance + epsilon) + shift`, one number of
/// each per output.
package struct StoredNormalization: Hashable, Sendable {
  /// The names of the stored vectors.
  package let scale, shift, mean, variance: String
  /// The constant that keeps the root positive.
  package let epsilon: Float
}
