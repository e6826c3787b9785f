import EspalierExecution
import EspalierOperators
import EspalierTensors

extension AveragePool: PlainOperator {
  /// Tap by tap, the innermost loop along a row of windows.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let windows = geometry.windows
    let factors = windows.factors(countingPadding: countsPadding)
    let planes = ChannelPlanes(geometry.result)
    let (runs, step, inputCount) = (windows.runs, windows.step, windows.inputCount)
    return FunctionKernel { operands in
      let x = operands.inputs[0]!.floats.baseAddress!
      operands.outputs[0].floats.update(repeating: 0)
      for plane in 0..<planes.batch * planes.channels {
        let y = operands.outputs[0].floats.baseAddress! + plane * planes.size
        for run in runs {
          let (inputs, outputs) = (x + plane * inputCount + run.input, y + run.output)
          for i in 0..<run.count { outputs[i] += inputs[i * step] }
        }
        for i in 0..<planes.size { y[i] *= factors[i] }
      }
    }
  }
}

extension AveragePoolDerivative: PlainOperator {
  /// Tap by tap, the innermost loop along a row of windows.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let windows = geometry.windows
    let factors = windows.factors(countingPadding: countsPadding)
    let planes = ChannelPlanes(geometry.result)
    let (runs, step, inputCount) = (windows.runs, windows.step, windows.inputCount)
    return FunctionKernel { operands in
      operands.outputs[0].floats.update(repeating: 0)
      for plane in 0..<planes.batch * planes.channels {
        let dY = operands.inputs[0]!.floats.baseAddress! + plane * planes.size
        let dX = operands.outputs[0].floats.baseAddress! + plane * inputCount
        for run in runs {
          for i in 0..<run.count { dX[run.input + i * step] += dY[run.output + i] * factors[run.output + i] }
        }
      }
    }
  }
}

extension Windows {
  /// For each window, 1 over the number of its taps that lie on the input, or on the input and its padding.
  fileprivate func factors(countingPadding: Bool) -> [Float] {
    axes.reduce([1]) { factors, axis in
      let valid = countingPadding ? -axis.before..<axis.size + axis.after : 0..<axis.size
      let counts = (0..<axis.count).map { output in
        (0..<axis.kernel).reduce(0) { valid.contains(axis.input(output, $1)) ? $0 + 1 : $0 }
      }
      return factors.flatMap { factor in counts.map { factor / Float(max($0, 1)) } }
    }
  }
}
