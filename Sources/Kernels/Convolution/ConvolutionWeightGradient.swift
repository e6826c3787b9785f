import EspalierExecution
import EspalierOperators
import EspalierTensors

extension ConvolutionWeightGradient: PlainOperator {
  /// Plane by plane and tap by tap, the innermost loop along a row of windows.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let geometry = geometry
    let (runs, step) = (geometry.windows.runs, geometry.windows.step)
    return FunctionKernel { operands in
      let dY = operands.inputs[0]!.floats.baseAddress!
      let x = operands.inputs[1]!.floats.baseAddress!
      operands.outputs[0].floats.update(repeating: 0)
      let dW = operands.outputs[0].floats.baseAddress!
      geometry.forEachPlane { source, weights, target in
        for run in runs {
          let (inputs, outputs) = (x + source + run.input, dY + target + run.output)
          var sum: Float = 0
          for i in 0..<run.count { sum += outputs[i] * inputs[i * step] }
          dW[weights + run.tap] += sum
        }
      }
    }
  }
}
