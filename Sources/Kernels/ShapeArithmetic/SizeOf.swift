import EspalierExecution
import EspalierOperators

extension SizeOf: PlainOperator {
  /// Writes the count. A plan stores it in advance instead.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { $0.outputs[0].elements(as: Int64.self)[0] = Int64(count) }
  }
}
