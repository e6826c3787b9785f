/// A weighted sum over an axis: `output[.., o] = sum over c of activation[.., c] weight[c, o] (+ bias[o])`.
///
/// A convolution is one contraction for each tap of its window, all added up; its channels are axis 1. In a grouped
/// convolution, the channels of each group contribute to the outputs of the same group alone.
///
/// In the paper's notation, the activation is the hidden representation H, the weight is W1, and the output, bias
/// included, is U.
package struct Contraction: Hashable, Sendable {
  /// The contracted axis of the activation.
  package var activation: PortAxis
  /// The contracted axis of the weights.
  package var weight: PortAxis
  /// The axis of the weights that becomes an axis of the output: the last of a dense layer, the output channels of a
  /// convolution.
  package var outputAxis: PortAxis
  /// The number of independent groups into which channels and outputs are divided.
  package var groups: Int
  /// The input added to the output, one number per output; `nil` if there is none.
  package var bias: Port?
  /// The factor of the stored weights.
  package var weightScale: Float
  /// The factor of the stored bias.
  package var biasScale: Float

  /// A weighted sum over `activation`.
  package init(
    activation: PortAxis, weight: PortAxis, outputAxis: PortAxis, groups: Int = 1, bias: Port? = nil,
    weightScale: Float = 1, biasScale: Float = 1
  ) {
    self.activation = activation
    self.weight = weight
    self.outputAxis = outputAxis
    self.groups = groups
    self.bias = bias
    self.weightScale = weightScale
    self.biasScale = biasScale
  }
}
