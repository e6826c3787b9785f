import Graph
import Tensors

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
