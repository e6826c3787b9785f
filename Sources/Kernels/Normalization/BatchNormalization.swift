import EspalierExecution
import EspalierOperators
import EspalierTensors

extension BatchNormalization: PlainOperator {
  /// One pass with a factor and an addend for each channel; in training mode two more passes for mean and variance.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let planes = ChannelPlanes(input.shape)
    return isTraining ? trainingKernel(planes) : inferenceKernel(planes)
  }

  private func inferenceKernel(_ planes: ChannelPlanes) -> any Kernel {
    let epsilon = epsilon
    return FunctionKernel { operands in
      let parameters = operands.inputs.map { $0!.floats.baseAddress! }
      let (x, y) = (parameters[0], operands.outputs[0].floats.baseAddress!)
      planes.forEach { channel, start in
        let scale = parameters[1][channel] * Self.factor(parameters[4][channel], epsilon)
        let (mean, bias) = (parameters[3][channel], parameters[2][channel])
        for i in start..<start + planes.size { y[i] = scale * (x[i] - mean) + bias }
      }
    }
  }

  /// Channel by channel: two passes for mean and variance, in double precision, and one that normalises.
  private func trainingKernel(_ planes: ChannelPlanes) -> any Kernel {
    let op = self
    return FunctionKernel { operands in
      let inputs = operands.inputs.map { $0!.floats.baseAddress! }
      let outputs = operands.outputs.map { $0.floats.baseAddress! }
      let (x, y) = (inputs[0], outputs[0])
      for channel in 0..<planes.channels {
        let (mean, variance) = planes.statistics(x, channel: channel)
        let scale = inputs[1][channel] * Self.factor(variance, op.epsilon)
        let bias = inputs[2][channel]
        planes.forEach(of: channel) { start in
          for i in start..<start + planes.size { y[i] = scale * (x[i] - mean) + bias }
        }
        outputs[1][channel] = op.moved(inputs[3][channel], towards: mean)
        outputs[2][channel] = op.moved(inputs[4][channel], towards: variance)
      }
    }
  }

  /// The factor of a channel's deviation from its mean before the scale: `1 / sqrt(variance + epsilon)`.
  package static func factor(_ variance: Float, _ epsilon: Float) -> Float { 1 / (variance + epsilon).squareRoot() }

  /// `momentum stored + (1 - momentum) batch`. With a momentum of 0, the result is `batch` even if `stored` is not
  /// finite.
  package func moved(_ stored: Float, towards batch: Float) -> Float {
    momentum == 0 ? batch : momentum * stored + (1 - momentum) * batch
  }
}
