import Graph
import Tensors

/// Batch normalisation as it acts in inference: `Y[n, c, p] = scale[c] (X[n, c, p] - mean[c]) / sqrt(variance[c] + epsilon) + B[c]`.
///
/// X is `N x C x ..`; scale, B, mean and variance have `C` elements. Training mode, which takes mean and variance from the batch,
/// is refused.
public enum BatchNormalization: Operator {
  /// `BatchNormalization`.
  public static let name: OperatorName = "BatchNormalization"

  /// The running mean and variance.
  public static var statisticInputs: Range<Int> { 3..<5 }

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let type = try invocation.floatInput(0)
    guard type.shape.rank >= 2 else { throw invocation.error("has no channels in an input of shape \(type.shape)") }
    if try invocation.flag("training_mode") || invocation.node.outputs.dropFirst().contains(where: { !$0.isEmpty }) {
      throw invocation.error("runs in training mode", remedy: "export the model in evaluation mode")
    }
    for position in 1...4 {
      let shape = try invocation.floatInput(position).shape
      guard shape == [type.shape[1]] else {
        throw invocation.error(
          "input \"\(invocation.node.inputs[position])\" of shape \(shape) is not one number for each of "
            + "\(type.shape[1]) channels")
      }
    }
    return [type]
  }

  /// Each axis goes with itself, and the channels with their scale, bias, mean and variance.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    var rule = AxisRule.identity(rank: try invocation.input(0).shape.rank)
    rule.ties += (1...4).map { AxisTie(PortAxis(.input($0), 0), PortAxis(.output(0), 1)) }
    return rule
  }

  /// Two operations an element, one factor and one addend, counted as multiply-accumulates: so does the counter behind the paper's
  /// table, which gives MobileNetV2 301 + 13 = 314 M. A normalisation folded into its convolution is gone and costs nothing.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    Cost(macs: 2 * invocation.outputs[0].shape.elementCount)
  }

  /// What a channel's deviation from its mean is multiplied by before the scale: `1 / sqrt(variance + epsilon)`.
  static func factor(_ variance: Float, _ epsilon: Float) -> Float { 1 / (variance + epsilon).squareRoot() }

  /// One pass, a factor and an addend for each channel.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
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

  /// `dX = dY scale / sqrt(variance + epsilon)`, `dscale = sum of dY (X - mean) / sqrt(variance + epsilon)`, `dB = sum of dY`.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
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

/// The gradient of what batch normalisation reads: `dX = dY scale / sqrt(variance + epsilon)`, from `dY`, scale and variance.
public enum BatchNormalizationDataGradient: Operator {
  /// `espalier::BatchNormalizationDataGradient`.
  public static let name: OperatorName = .own("BatchNormalizationDataGradient")

  /// The type of `dY`.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] { [try invocation.floatInput(0)] }

  /// One pass.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let epsilon = try invocation.float("epsilon", default: 1e-5)
    let planes = ChannelPlanes(invocation.outputs[0].shape)
    return FunctionKernel { operands in
      let inputs = operands.inputs.map { $0!.floats.baseAddress! }
      let (dY, dX) = (inputs[0], operands.outputs[0].floats.baseAddress!)
      planes.forEach { channel, start in
        let scale = inputs[1][channel] * BatchNormalization.factor(inputs[2][channel], epsilon)
        for i in start..<start + planes.size { dX[i] = scale * dY[i] }
      }
    }
  }
}

/// The gradient of batch normalisation's scale: `sum over n, p of dY (X - mean) / sqrt(variance + epsilon)`, from `dY`, `X`, mean
/// and variance.
public enum BatchNormalizationScaleGradient: Operator {
  /// `espalier::BatchNormalizationScaleGradient`.
  public static let name: OperatorName = .own("BatchNormalizationScaleGradient")

  /// One number for each channel.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] { [try invocation.floatInput(2)] }

  /// One pass.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let epsilon = try invocation.float("epsilon", default: 1e-5)
    let planes = ChannelPlanes(try invocation.input(0).shape)
    return FunctionKernel { operands in
      let inputs = operands.inputs.map { $0!.floats.baseAddress! }
      let (dY, x) = (inputs[0], inputs[1])
      let sums = operands.outputs[0].floats
      sums.update(repeating: 0)
      planes.forEach { channel, start in
        let mean = inputs[2][channel]
        var sum: Float = 0
        for i in start..<start + planes.size { sum += dY[i] * (x[i] - mean) }
        sums[channel] += sum * BatchNormalization.factor(inputs[3][channel], epsilon)
      }
    }
  }
}
