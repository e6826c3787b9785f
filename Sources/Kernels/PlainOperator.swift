import EspalierExecution
import EspalierOperators

/// An operator with a kernel in plain Swift, which is obviously correct and the reference for all other kernels.
///
/// Plain means one thread, no vectors, no unsafe tricks, and the operands in plain order.
package protocol PlainOperator: Operator {
  /// The kernel for operands of these types: those the node was parsed for or, for an element-wise operator, any that
  /// broadcast to each other.
  func kernel(_ types: OperandTypes) -> any Kernel
}
