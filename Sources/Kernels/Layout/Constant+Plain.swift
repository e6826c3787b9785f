import Execution
import Operators

extension Constant: PlainOperator {
  /// Writes the value; a plan stores it instead.
  public func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { [value] operands in operands.outputs[0].write(value) }
  }
}
