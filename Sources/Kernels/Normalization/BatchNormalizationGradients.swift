import EspalierExecution
import EspalierOperators
import EspalierTensors

extension BatchNormalizationDataGradient: PlainOperator {
  /// One pass.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (epsilon, planes) = (epsilon, ChannelPlanes(input.shape))
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

extension BatchNormalizationScaleGradient: PlainOperator {
  /// One pass.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (epsilon, planes) = (epsilon, ChannelPlanes(input.shape))
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

extension BatchNormalizationTrainingGradient: PlainOperator {
  /// Channel by channel: a pass for the two sums, in double precision, and one for `dX`.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (epsilon, knowsStatistics, planes) = (epsilon, knowsStatistics, ChannelPlanes(input.shape))
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
