import Execution
import Operators

extension AttentionSoftmax: PlainOperator {
  /// Each row shifted by its maximum, so that nothing overflows.
  public func kernel(_ types: OperandTypes) -> any Kernel { SoftmaxKernel(rows: rows, empty: 0) }
}
