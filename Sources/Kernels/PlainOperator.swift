import EspalierExecution
import EspalierOperators

/// An operator with a kernel in plain Swift: obviously right, and the oracle of all others.
///
/// Plain means one thread, no vectors, no unsafe tricks, and the operands in plain order.
package protocol PlainOperator: Operator {
  /// The kernel for operands of these types: those the node was parsed for, or, of an element-wise operator, any that fit
  /// each other.
  func kernel(_ types: OperandTypes) -> any Kernel
}
