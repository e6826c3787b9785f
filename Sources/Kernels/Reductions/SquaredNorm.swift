import EspalierExecution
import EspalierOperators

extension SquaredNorm: PlainOperator {
  /// One pass over the input, summing in double precision.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { operands in
      operands.outputs[0].floats[0] = Float(operands.inputs[0]!.floats.reduce(0) { $0 + Double($1) * Double($1) })
    }
  }
}
