import EspalierExecution
import EspalierOperators

/// An operator with a kernel in Swift that is faster than the plain one: with vectors, threads or other memory orders.
package protocol VectorOperator: Operator {
  /// The order in which the kernel takes its operands.
  func vectorLayout(_ node: TypedNode) -> LayoutRule

  /// The kernel for operands in `order`, which ``vectorLayout(_:)`` allows; `nil` if the plain kernel is as good.
  func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)?
}

extension VectorOperator {
  /// Plain order.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.plain) }
}
