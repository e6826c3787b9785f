import EspalierExecution
import EspalierOperators

/// An operator with a kernel in Swift that is faster than the plain one: vectors, threads, or operands in other orders.
package protocol VectorOperator: Operator {
  /// In which order the kernel wants its operands.
  func vectorLayout(_ node: TypedNode) -> LayoutRule

  /// The kernel for operands that lie in `order`, one that ``vectorLayout(_:)`` allows; `nil` where the plain one is as
  /// good.
  func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)?
}

extension VectorOperator {
  /// Plain order.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.plain) }
}
