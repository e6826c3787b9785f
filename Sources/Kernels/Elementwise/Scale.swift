import Execution
import Operators

extension Scale: PlainOperator {
  /// One plain loop.
  public func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      for i in 0..<target.count { target[i] = factor * source[i] }
    }
  }
}
