import EspalierExecution
import EspalierOperators

extension Constant: PlainOperator {
  /// Writes the value. A plan stores it in advance instead.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { [value] operands in operands.outputs[0].write(value) }
  }
}
