import EspalierExecution
import EspalierOperators

extension Not: PlainOperator {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: Bool.self)
      let target = operands.outputs[0].elements(as: Bool.self)
      for i in 0..<target.count { target[i] = !source[i] }
    }
  }
}
