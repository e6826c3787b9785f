import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Conv: PlainOperator {
  /// Plane by plane and tap by tap, the innermost loop along a row of outputs.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let geometry = geometry
    let (runs, step) = (geometry.windows.runs, geometry.windows.step)
    return FunctionKernel { operands in
      let x = operands.inputs[0]!.floats.baseAddress!
      let w = operands.inputs[1]!.floats.baseAddress!
      let y = operands.outputs[0].floats
      let bias = operands.inputs.count > 2 ? operands.inputs[2]?.floats : nil
      let outputs = geometry.windows.outputCount
      for i in 0..<y.count { y[i] = bias.map { $0[i / outputs % geometry.outputChannels] } ?? 0 }
      let result = y.baseAddress!
      geometry.forEachPlane { source, weights, target in
        for run in runs {
          let (inputs, outputs) = (x + source + run.input, result + target + run.output)
          let weight = w[weights + run.tap]
          for i in 0..<run.count { outputs[i] += weight * inputs[i * step] }
        }
      }
    }
  }
}
