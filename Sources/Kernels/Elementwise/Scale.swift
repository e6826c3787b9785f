import EspalierExecution
import EspalierOperators

extension Scale: PlainOperator {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      for i in 0..<target.count { target[i] = factor * source[i] }
    }
  }
}
