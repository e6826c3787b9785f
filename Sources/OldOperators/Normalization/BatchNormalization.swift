import Graph
import Tensors

/// Batch normalisation: `Y[n, c, p] = scale[c] (X[n, c, p] - mean[c]) / sqrt(variance[c] + epsilon) + B[c]`.
///
/// X is `N x C x ..`; scale, B, mean and variance have `C` elements. In inference mean and variance are the stored ones. In
/// training mode they are those of the batch, over n and p (the population variance), and two more outputs give the stored ones
/// moved towards them: `momentum stored + (1 - momentum) batch`.
///
/// The attribute `training_mode` is heeded in every operator set; the older form of training, by the number of outputs alone,
/// is refused.
public enum BatchNormalization: Operator {
  /// `BatchNormalization`.
  public static let name: OperatorName = "BatchNormalization"

  /// Scale and B; the running mean and variance are statistics.
  public static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The input's type; in training mode also those of the running mean and variance.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let type = try invocation.floatInput(0)
    guard type.shape.rank >= 2 else { throw invocation.error("has no channels in an input of shape \(type.shape)") }
    let trains = try isTraining(invocation)
    if !trains, invocation.node.outputs.dropFirst().contains(where: { !$0.isEmpty }) {
      throw invocation.error(
        "has several outputs without the attribute training_mode",
        remedy: "export the model in evaluation mode, or in operator set 14 or later")
    }
    for position in 1...4 {
      let shape = try invocation.floatInput(position).shape
      guard shape == [type.shape[1]] else {
        throw invocation.error(
          "input \"\(invocation.node.inputs[position])\" of shape \(shape) is not one number for each of "
            + "\(type.shape[1]) channels")
      }
    }
    guard trains else { return [type] }
    guard type.shape.elementCount > 0 else { throw invocation.error("takes statistics of no numbers") }
    return [type, TensorType([type.shape[1]]), TensorType([type.shape[1]])]
  }

  /// Whether mean and variance are those of the batch.
  static func isTraining(_ invocation: Invocation) throws -> Bool { try invocation.flag("training_mode") }

  /// Each axis goes with itself, and the channels with all that is stored for them. In training mode all other axes stay whole.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    var rule = AxisRule.identity(rank: try invocation.input(0).shape.rank)
    rule.ties += (1...4).map { AxisTie(PortAxis(.input($0), 0), PortAxis(.output(0), 1)) }
    guard try isTraining(invocation) else { return rule }
    let statistics = (1...2).filter { $0 < invocation.node.outputs.count && !invocation.node.outputs[$0].isEmpty }
    rule.ties += statistics.map { AxisTie(PortAxis(.output($0), 0), PortAxis(.output(0), 1)) }
    rule.frozen = try invocation.input(0).shape.indices.filter { $0 != 1 }.map {
      FrozenAxis(PortAxis(.input(0), $0), "normalises over it")
    }
    return rule
  }

  /// Two operations an element, one factor and one addend, counted as multiply-accumulates: so does the counter behind the paper's
  /// table, which gives MobileNetV2 301 + 13 = 314 M. A normalisation folded into its convolution is gone and costs nothing.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    Cost(macs: 2 * invocation.outputs[0].shape.elementCount)
  }

  /// What a channel's deviation from its mean is multiplied by before the scale: `1 / sqrt(variance + epsilon)`.
  static func factor(_ variance: Float, _ epsilon: Float) -> Float { 1 / (variance + epsilon).squareRoot() }

  /// One pass, a factor and an addend for each channel; in training mode two more for its mean and variance.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    if try isTraining(invocation) { return try trainingKernel(invocation) }
    let epsilon = try invocation.float("epsilon", default: 1e-5)
    let planes = ChannelPlanes(invocation.outputs[0].shape)
    return FunctionKernel { operands in
      let parameters = operands.inputs.map { $0!.floats.baseAddress! }
      let (x, y) = (parameters[0], operands.outputs[0].floats.baseAddress!)
      planes.forEach { channel, start in
        let scale = parameters[1][channel] * factor(parameters[4][channel], epsilon)
        let (mean, bias) = (parameters[3][channel], parameters[2][channel])
        for i in start..<start + planes.size { y[i] = scale * (x[i] - mean) + bias }
      }
    }
  }

  /// By ``BatchNormalizationTrainingGradient`` in training mode. In inference, with the stored statistics,
  /// `dX = dY scale / sqrt(variance + epsilon)`, `dscale = sum of dY (X - mean) / sqrt(variance + epsilon)`, `dB = sum of dY`.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    if try isTraining(gradients.invocation) { return try differentiateTraining(&gradients) }
    guard !gradients.wants(3), !gradients.wants(4) else {
      throw gradients.invocation.error("has no derivative with respect to its mean and variance")
    }
    let epsilon = gradients.invocation.node.attributes.filter { $0.key == "epsilon" }
    let inputs = gradients.invocation.node.inputs
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
    if gradients.wants(2) { try gradients.setSumOverChannels(forInput: 2) }
  }
}
