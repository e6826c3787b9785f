import EspalierExecution
import EspalierOperators

extension AttentionSoftmax: VectorOperator {
  /// Divides the rows among threads.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    RowSoftmaxKernel(rows: rows.outer, size: rows.size, empty: 0)
  }
}
