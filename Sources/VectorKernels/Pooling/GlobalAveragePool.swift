import EspalierExecution
import EspalierOperators
import EspalierTensors

extension GlobalAveragePool: VectorOperator {
  /// Either order.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.any) }

  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    order == .channelsLast ? PlaceSum(of: source, to: outputs[0].shape, factor: factor) : nil
  }
}
