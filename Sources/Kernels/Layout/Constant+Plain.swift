import EspalierExecution
import EspalierOperators

extension Constant: PlainOperator {
  /// Writes the value; a plan stores it instead.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { [value] operands in operands.outputs[0].write(value) }
  }
}
