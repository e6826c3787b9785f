import EspalierExecution
import EspalierOperators
import EspalierTensors

extension ReduceSum: VectorOperator {}

extension ReduceMean: VectorOperator {}

extension Reduction where Self: VectorOperator {
  /// Any order for sums over positions.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(placeSum == nil ? .plain : .any) }

  /// Sums rows of channels in channels-last order.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    order == .plain ? nil : placeSum
  }

  private var placeSum: PlaceSum? {
    guard reduced.input.elementType == .float32 else { return nil }
    return PlaceSum(of: reduced.input.shape, to: reduced.kept, factor: factor)
  }
}
