import Execution
import Operators

extension MatMul: PlainOperator {
  /// Three plain loops.
  public func kernel(_ types: OperandTypes) -> any Kernel { MatrixProductKernel(product) }
}

extension Gemm: PlainOperator {
  /// Three plain loops.
  public func kernel(_ types: OperandTypes) -> any Kernel { MatrixProductKernel(product) }
}

extension BatchedProduct: PlainOperator {
  /// Three plain loops.
  public func kernel(_ types: OperandTypes) -> any Kernel { MatrixProductKernel(product) }
}
