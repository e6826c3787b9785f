/// A weighted sum over an axis: `output[.., o] = sum over c of activation[.., c] weight[c, o] (+ bias[o])`.
///
/// A convolution's is one for each tap of its window, all added up; its channels are axis 1. In a grouped convolution, the
/// channels of each of the groups meet the outputs of the same group alone.
///
/// The activation is the paper's hidden representation H, the weight its W1, and the output, bias included, its U.
package struct Contraction: Hashable, Sendable {
  /// The axis of the activation that is summed over.
  package var activation: PortAxis
  /// The same axis in the weights.
  package var weight: PortAxis
  /// The axis of the weights that becomes an axis of the output: the last of a dense layer, the channels of a convolution.
  package var outputAxis: PortAxis
  /// In how many groups channels and outputs are cut, each seeing nothing of the others.
  package var groups: Int
  /// The input that is added to the output, one number an output, where there is one.
  package var bias: Port?
  /// What the stored weights are multiplied by.
  package var weightScale: Float
  /// What the stored bias is multiplied by.
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
