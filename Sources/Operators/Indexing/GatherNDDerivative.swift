import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The derivative of ``GatherND``: zeros of the attribute `shape`, to which each slice of the first input is added at
/// its tuple in the second; the first `batch_dims` axes are common to both.
package struct GatherNDDerivative: Operator {
  /// `espalier::GatherNDDerivative`.
  package static let name: OperatorName = .own("GatherNDDerivative")

  /// The shape that the attribute states.
  package let outputs: [TensorType]
  /// The slices to which the gradient is added.
  package let slices: PickedSlices

  /// Reads `shape` and `batch_dims`, which must fit the gradient and the tuples.
  package init(_ call: Invocation) throws(EspalierError) {
    guard let sizes = try call.ints("shape"), let shape = Shape(checking: sizes) else {
      throw call.error("has no shape to add to")
    }
    slices = try PickedSlices(call, shape, batch: try call.int("batch_dims", default: 0))
    let gradient = try call.floatInput(0).shape
    guard gradient == slices.shape else { throw call.error("cannot add \(gradient) to \(shape) as it asks") }
    outputs = [TensorType(shape)]
  }
}
