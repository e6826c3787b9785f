import EspalierExecution
import EspalierKernels
import EspalierOperators
import EspalierTensors

extension SumToShape: VectorOperator {
  /// Any order for sums over positions, or over samples alone.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule {
    LayoutRule(placeSum == nil && !addsSamples ? .plain : .any)
  }

  /// Sums rows of channels in channels-last order.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    if order == .plain { return nil }
    return addsSamples ? kernel(node.types.asLying(in: order)) : placeSum
  }

  private var placeSum: PlaceSum? { PlaceSum(of: input, to: target) }

  /// Whether the sum is over samples alone, position by position.
  private var addsSamples: Bool {
    input.rank == target.rank && input.sizes.dropFirst() == target.sizes.dropFirst()
  }
}
