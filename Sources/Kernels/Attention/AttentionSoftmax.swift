import EspalierExecution
import EspalierOperators

extension AttentionSoftmax: PlainOperator {
  /// Each row is shifted by its maximum, so that nothing overflows.
  package func kernel(_ types: OperandTypes) -> any Kernel { SoftmaxKernel(rows: rows, empty: 0) }
}
