import EspalierExecution
import EspalierOperators
import EspalierTensors

extension FusedConvolution: PlainOperator {
  /// The plain convolution, then one loop over its outputs.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (kernel, bounds) = (convolution.kernel(types), bounds)
    return FunctionKernel { operands in
      kernel.run(operands)
      let y = operands.outputs[0].floats
      for i in 0..<y.count { y[i] = min(max(y[i], bounds.least), bounds.greatest) }
    }
  }
}
