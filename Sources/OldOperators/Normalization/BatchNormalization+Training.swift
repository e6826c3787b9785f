import Graph
import Tensors

extension BatchNormalization {
  /// Channel by channel: two passes for mean and variance, in double precision, and one that normalises.
  static func trainingKernel(_ invocation: Invocation) throws -> any Kernel {
    let epsilon = try invocation.float("epsilon", default: 1e-5)
    let momentum = try invocation.float("momentum", default: 0.9)
    let planes = ChannelPlanes(invocation.outputs[0].shape)
    return FunctionKernel { operands in
      let inputs = operands.inputs.map { $0!.floats.baseAddress! }
      let outputs = operands.outputs.map { $0.floats.baseAddress! }
      let (x, y) = (inputs[0], outputs[0])
      for channel in 0..<planes.channels {
        let (mean, variance) = planes.statistics(x, channel: channel)
        let scale = inputs[1][channel] * factor(variance, epsilon)
        let bias = inputs[2][channel]
        planes.forEach(of: channel) { start in
          for i in start..<start + planes.size { y[i] = scale * (x[i] - mean) + bias }
        }
        outputs[1][channel] = moved(inputs[3][channel], towards: mean, momentum)
        outputs[2][channel] = moved(inputs[4][channel], towards: variance, momentum)
      }
    }
  }

  /// `momentum stored + (1 - momentum) batch`. With no momentum that is the batch's statistic, whatever was stored.
  static func moved(_ stored: Float, towards batch: Float, _ momentum: Float) -> Float {
    momentum == 0 ? batch : momentum * stored + (1 - momentum) * batch
  }

  /// By ``BatchNormalizationTrainingGradient``, which is handed the batch's statistics where the node gives them: without
  /// momentum.
  static func differentiateTraining(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    guard gradients.outputGradients.dropFirst().allSatisfy({ $0 == nil }) else {
      throw call.error("has no derivative of its running statistics")
    }
    // The batch's statistics do not depend on the stored ones, so these have no gradient.
    guard (0...2).contains(where: { gradients.wants($0) }) else { return }
    var inputs = [gradients.outputGradient, gradients.input(0), gradients.input(1)]
    let statistics = call.node.outputs.dropFirst()
    if try call.float("momentum", default: 0.9) == 0, statistics.count == 2, !statistics.contains("") {
      inputs += statistics
    }
    let results = gradients.add(
      BatchNormalizationTrainingGradient.name, inputs, call.node.attributes.filter { $0.key == "epsilon" }, outputs: 3)
    for (position, gradient) in results.enumerated() { gradients.set(gradient, forInput: position) }
  }
}

/// All gradients of batch normalisation in training mode, whose mean and variance depend on X too. With
/// `r = 1 / sqrt(variance + epsilon)`, `x' = r (X - mean)` and m numbers of a channel in the batch:
///
///     dB     = sum of dY
///     dscale = sum of dY x'
///     dX     = scale r (dY - (dB + x' dscale) / m)
///
/// It reads `dY`, `X`, scale and, where they are known, the batch's mean and variance; it gives `dX`, `dscale` and `dB`.
///
/// Source: S. Ioffe and C. Szegedy, "Batch Normalization", ICML 2015, section 3.
public enum BatchNormalizationTrainingGradient: Operator {
  /// `espalier::BatchNormalizationTrainingGradient`.
  public static let name: OperatorName = .own("BatchNormalizationTrainingGradient")

  /// The types of `X`, scale and B.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let parameter = try invocation.floatInput(2)
    return [try invocation.floatInput(1), parameter, parameter]
  }

  /// Channel by channel: a pass for the two sums, in double precision, and one for `dX`.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let epsilon = try invocation.float("epsilon", default: 1e-5)
    let planes = ChannelPlanes(invocation.outputs[0].shape)
    let knowsStatistics = invocation.has(input: 3) && invocation.has(input: 4)
    return FunctionKernel { operands in
      let inputs = operands.inputs.map { $0!.floats.baseAddress! }
      let outputs = operands.outputs.map { $0.floats.baseAddress! }
      let (dY, x, dX) = (inputs[0], inputs[1], outputs[0])
      let count = Float(planes.batch * planes.size)
      for channel in 0..<planes.channels {
        let (mean, variance) =
          knowsStatistics ? (inputs[3][channel], inputs[4][channel]) : planes.statistics(x, channel: channel)
        let factor = BatchNormalization.factor(variance, epsilon)
        var (sum, product) = (0.0, 0.0)
        planes.forEach(of: channel) { start in
          for i in start..<start + planes.size {
            sum += Double(dY[i])
            product += Double(dY[i]) * Double(factor * (x[i] - mean))
          }
        }
        outputs[1][channel] = Float(product)
        outputs[2][channel] = Float(sum)
        let scale = inputs[2][channel] * factor
        let (shift, slope) = (Float(sum) / count, Float(product) / count * factor)
        planes.forEach(of: channel) { start in
          for i in start..<start + planes.size { dX[i] = scale * (dY[i] - shift - (x[i] - mean) * slope) }
        }
      }
    }
  }
}
