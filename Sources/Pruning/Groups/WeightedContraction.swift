import Graph
import Operators

/// A node that sums over an axis with weights stored in the graph, with the names of the values it acts on.
public struct WeightedContraction: Hashable, Sendable {
  /// The node's name for messages.
  public let label: String
  /// The hidden representation H and the axis that is summed over.
  public let activation: ValueAxis
  /// How many axes the hidden representation has.
  public let activationRank: Int
  /// The weights W1 and the axis that is summed over.
  public let weight: ValueAxis
  /// The axis of the weights that becomes the output's last.
  public let outputAxis: ValueAxis
  /// What is added to the output, one number an output, where it is stored in the graph.
  public internal(set) var bias: String?
  /// What the stored weights are multiplied by.
  public let weightScale: Float
  /// What the stored bias is multiplied by.
  public internal(set) var biasScale: Float
  /// The result U.
  public internal(set) var output: String

  /// `contraction` of a node; `nil` if its weights are computed rather than stored.
  init?(_ contraction: Contraction, of invocation: Invocation) {
    let node = invocation.node
    guard case .input(let position) = contraction.weight.port, invocation.constants[position] != nil else { return nil }
    label = node.label
    activation = node.value(contraction.activation)
    guard case .input(let source) = contraction.activation.port, let type = invocation.inputs[source] else {
      return nil
    }
    activationRank = type.shape.rank
    weight = node.value(contraction.weight)
    outputAxis = node.value(contraction.outputAxis)
    output = node.outputs[0]
    weightScale = contraction.weightScale
    biasScale = contraction.biasScale
    if case .input(let addend)? = contraction.bias, invocation.constants[addend] != nil {
      bias = node.inputs[addend]
    } else {
      bias = nil
    }
  }
}
