import EspalierExecution
import EspalierKernels
import EspalierOperators

extension VectorOperator where Self: BlockCopyOperator {
  /// Any order.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.any) }

  /// The plain copies, in the memory order of the operands.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? { kernel(node.types, in: order) }
}

extension Concat: VectorOperator {}
extension Slice: VectorOperator {}
extension SliceDerivative: VectorOperator {}
extension Split: VectorOperator {}
