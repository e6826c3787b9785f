import EspalierExecution
import EspalierOperators
import EspalierTensors

extension ReduceSum: VectorOperator {}

extension ReduceMean: VectorOperator {}

extension Reduction where Self: VectorOperator {
  /// Any order where the sum is over places.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(placeSum == nil ? .plain : .any) }

  /// The sum over rows of channels where they lie so.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    order == .plain ? nil : placeSum
  }

  private var placeSum: PlaceSum? {
    guard reduced.input.elementType == .float32 else { return nil }
    return PlaceSum(of: reduced.input.shape, to: reduced.kept, factor: factor)
  }
}
