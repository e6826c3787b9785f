import EspalierExecution
import EspalierOperators
import EspalierTensors

extension ConvolutionDataGradient: PlainOperator {
  /// Plane by plane and tap by tap, the innermost loop along a row of windows.
  package func kernel(_ types: OperandTypes) -> any Kernel { Self.kernel(geometry) }

  /// The kernel for a convolution of these sizes.
  static func kernel(_ geometry: ConvolutionGeometry) -> any Kernel {
    let (runs, step) = (geometry.windows.runs, geometry.windows.step)
    return FunctionKernel { operands in
      let dY = operands.inputs[0]!.floats.baseAddress!
      let w = operands.inputs[1]!.floats.baseAddress!
      operands.outputs[0].floats.update(repeating: 0)
      let dX = operands.outputs[0].floats.baseAddress!
      geometry.forEachPlane { source, weights, target in
        for run in runs {
          let (inputs, outputs) = (dX + source + run.input, dY + target + run.output)
          let weight = w[weights + run.tap]
          for i in 0..<run.count { inputs[i * step] += weight * outputs[i] }
        }
      }
    }
  }
}
