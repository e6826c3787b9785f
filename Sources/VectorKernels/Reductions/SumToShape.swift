import EspalierExecution
import EspalierKernels
import EspalierOperators
import EspalierTensors

extension SumToShape: VectorOperator {
  /// Any order where sums are over places, or over samples alone.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule {
    LayoutRule(placeSum == nil && !addsSamples ? .plain : .any)
  }

  /// The sum over rows of channels where they lie so.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    if order == .plain { return nil }
    return addsSamples ? kernel(node.types.asLying(in: order)) : placeSum
  }

  private var placeSum: PlaceSum? { PlaceSum(of: input, to: target) }

  /// Whether the sum is over samples alone, place by place.
  private var addsSamples: Bool {
    input.rank == target.rank && input.sizes.dropFirst() == target.sizes.dropFirst()
  }
}
