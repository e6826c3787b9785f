import EspalierExecution
import EspalierOperators

extension MatMul: PlainOperator {
  /// Three plain loops.
  package func kernel(_ types: OperandTypes) -> any Kernel { MatrixProductKernel(product) }
}

extension Gemm: PlainOperator {
  /// Three plain loops.
  package func kernel(_ types: OperandTypes) -> any Kernel { MatrixProductKernel(product) }
}

extension BatchedProduct: PlainOperator {
  /// Three plain loops.
  package func kernel(_ types: OperandTypes) -> any Kernel { MatrixProductKernel(product) }
}
