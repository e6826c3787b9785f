import EspalierExecution
import EspalierOperators
import EspalierTensors

extension InstanceNormalization: PlainOperator {
  /// Two passes for mean and variance, and one that normalises.
  package func kernel(_ types: OperandTypes) -> any Kernel { groups.normalization }
}

extension GroupNormalization: PlainOperator {
  /// Two passes for mean and variance, and one that normalises.
  package func kernel(_ types: OperandTypes) -> any Kernel { groups.normalization }
}

extension ChannelGroups {
  fileprivate var normalization: any Kernel {
    let layout = NormalizationGroups(self)
    return FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats.baseAddress!, operands.outputs[0].floats.baseAddress!)
      let (scale, bias) = (operands.inputs[1]!.floats, operands.inputs[2]!.floats)
      layout.forEach { range in
        let (mean, factor) = layout.statistics(x, range)
        for i in range {
          let parameter = layout.parameter(i)
          y[i] = scale[parameter] * (x[i] - mean) * factor + bias[parameter]
        }
      }
    }
  }
}

extension GroupedNormalizationDataGradient: PlainOperator {
  /// For each group, a pass for the two sums and one for `dX`.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let layout = NormalizationGroups(groups)
    return FunctionKernel { operands in
      let inputs = operands.inputs.map { $0!.floats.baseAddress! }
      let (dY, x, scale) = (inputs[0], inputs[1], inputs[2])
      let dX = operands.outputs[0].floats.baseAddress!
      layout.forEach { range in
        let (mean, factor) = layout.statistics(x, range)
        var (sum, product): (Float, Float) = (0, 0)
        for i in range {
          let gradient = dY[i] * scale[layout.parameter(i)]
          sum += gradient
          product += gradient * (x[i] - mean) * factor
        }
        let count = Float(range.count)
        for i in range {
          let gradient = dY[i] * scale[layout.parameter(i)]
          dX[i] = factor * (gradient - (sum + (x[i] - mean) * factor * product) / count)
        }
      }
    }
  }
}

extension GroupedNormalizationScaleGradient: PlainOperator {
  /// One pass over each group.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let layout = NormalizationGroups(groups)
    return FunctionKernel { operands in
      let (dY, x) = (operands.inputs[0]!.floats.baseAddress!, operands.inputs[1]!.floats.baseAddress!)
      let sums = operands.outputs[0].floats
      sums.update(repeating: 0)
      layout.forEach { range in
        let (mean, factor) = layout.statistics(x, range)
        for i in range { sums[layout.parameter(i)] += dY[i] * (x[i] - mean) * factor }
      }
    }
  }
}
