import EspalierExecution
import EspalierOperators

/// An operator that copies blocks of elements from its inputs to its outputs, in any memory order that is the same for
/// all of them.
package protocol BlockCopyOperator: PlainOperator {
  /// The kernel for operands of these types that lie in `order`.
  func kernel(_ types: OperandTypes, in order: AxisOrder) -> any Kernel
}

extension BlockCopyOperator {
  /// The kernel for operands in plain order.
  package func kernel(_ types: OperandTypes) -> any Kernel { kernel(types, in: .plain) }
}
