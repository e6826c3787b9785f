import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Batch normalisation: `Y[n, c, p] = scale[c] (X[n, c, p] - mean[c]) / sqrt(variance[c] + epsilon) + B[c]`.
///
/// X is `N x C x ..`; scale, B, mean and variance have `C` elements. In inference, mean and variance are the stored
/// ones. In training mode they are those of the batch, over n and p (the population variance), and two more outputs are
/// the updated running statistics: `momentum stored + (1 - momentum) batch`.
///
/// The attribute `training_mode` is respected in every operator set; the older form of training, indicated by the
/// number of outputs alone, is rejected.
package struct BatchNormalization: DifferentiableOperator {
  /// `BatchNormalization`.
  package static let name: OperatorName = "BatchNormalization"

  /// Scale and B; the running mean and variance are statistics.
  package static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The type of X.
  package let input: TensorType
  /// Whether mean and variance are those of the batch.
  package let isTraining: Bool
  /// The epsilon added to the variance.
  package let epsilon: Float
  /// The weight of the stored statistics in the running ones.
  package let momentum: Float
  /// The requested outputs for running statistics.
  private let statistics: [Int]

  /// Parses a node; scale, B, mean and variance must each have one number per channel.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
    guard input.shape.rank >= 2 else { throw call.error("has no channels in an input of shape \(input.shape)") }
    isTraining = try call.flag("training_mode")
    if !isTraining, call.node.outputs.dropFirst().contains(where: { !$0.isEmpty }) {
      throw call.error(
        "has several outputs without the attribute training_mode",
        remedy: "export the model in evaluation mode, or in operator set 14 or later")
    }
    for position in 1...4 {
      let shape = try call.floatInput(position).shape
      guard shape == [input.shape[1]] else {
        throw call.error(
          "input \"\(call.node.inputs[position])\" of shape \(shape) is not one number for each of "
            + "\(input.shape[1]) channels")
      }
    }
    if isTraining, input.shape.elementCount == 0 { throw call.error("takes statistics of no numbers") }
    epsilon = try call.float("epsilon", default: 1e-5)
    momentum = try call.float("momentum", default: 0.9)
    statistics = (1...2).filter(call.has(output:))
  }

  /// The input's type; in training mode also those of the running statistics.
  package var outputs: [TensorType] {
    let statistic = TensorType([input.shape[1]])
    return isTraining ? [input, statistic, statistic] : [input]
  }

  /// Every axis is tied to the same axis of the output, and the channels to those of scale, B, mean and variance. In
  /// training mode all other axes are frozen.
  package var axes: AxisRule? {
    var rule = AxisRule.identity(rank: input.shape.rank)
    rule.ties += (1...4).map { AxisTie(PortAxis(.input($0), 0), PortAxis(.output(0), 1)) }
    guard isTraining else { return rule }
    rule.ties += statistics.map { AxisTie(PortAxis(.output($0), 0), PortAxis(.output(0), 1)) }
    rule.frozen = input.shape.indices.filter { $0 != 1 }.map {
      FrozenAxis(PortAxis(.input(0), $0), "normalises over it")
    }
    return rule
  }

  /// Two operations per element, a factor and an addend, each counted as a multiply-accumulate: so does the counter
  /// behind the paper's table, which gives MobileNetV2 301 + 13 = 314 M. A normalisation folded into its convolution
  /// costs nothing.
  package var cost: Cost { Cost(macs: Int.limitedProduct(2, input.shape.elementCount)) }

  /// By ``BatchNormalizationTrainingGradient`` in training mode. In inference, with the stored statistics,
  /// `dX = dY scale / sqrt(variance + epsilon)`, `dscale = sum of dY (X - mean) / sqrt(variance + epsilon)`,
  /// `dB = sum of dY`.
  package func differentiate(_ gradients: inout GradientBuilder) {
    if isTraining { return differentiateTraining(&gradients) }
    guard !gradients.wants(3), !gradients.wants(4) else {
      return gradients.refuse("has no derivative with respect to its mean and variance")
    }
    let epsilon = gradients.attributes.filter { $0.key == "epsilon" }
    let inputs = gradients.node.node.inputs
    if gradients.wants(0) {
      gradients.set(
        gradients.add(
          BatchNormalizationDataGradient.name, [gradients.outputGradient, inputs[1], inputs[4]], epsilon), forInput: 0)
    }
    if gradients.wants(1) {
      gradients.set(
        gradients.add(
          BatchNormalizationScaleGradient.name, [gradients.outputGradient, inputs[0], inputs[3], inputs[4]], epsilon),
        forInput: 1)
    }
    if gradients.wants(2) { gradients.setSumOverChannels(forInput: 2) }
  }

  /// By ``BatchNormalizationTrainingGradient``, which receives the batch statistics if the node outputs them: with a
  /// momentum of 0.
  private func differentiateTraining(_ gradients: inout GradientBuilder) {
    guard gradients.outputGradients.dropFirst().allSatisfy({ $0 == nil }) else {
      return gradients.refuse("has no derivative of its running statistics")
    }
    // The batch statistics do not depend on the stored ones, which therefore have no gradient.
    guard (0...2).contains(where: { gradients.wants($0) }) else { return }
    var inputs = [gradients.outputGradient, gradients.input(0), gradients.input(1)]
    if momentum == 0, statistics.count == 2 { inputs += statistics.map { gradients.node.node.outputs[$0] } }
    let results = gradients.add(
      BatchNormalizationTrainingGradient.name, inputs, gradients.attributes.filter { $0.key == "epsilon" }, outputs: 3)
    for (position, gradient) in results.enumerated() { gradients.set(gradient, forInput: position) }
  }
}
