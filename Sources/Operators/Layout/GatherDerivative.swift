import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The derivative of ``Gather``: zeros of the attribute `shape`, to which each slice of the first input is added at its
/// index in the second along the attribute `axis`.
package struct GatherDerivative: Operator {
  /// `espalier::GatherDerivative`.
  package static let name: OperatorName = .own("GatherDerivative")

  /// The shape that the attribute states.
  package let outputs: [TensorType]
  /// The slices to which the gradient is added.
  package let slices: IndexedSlices

  /// Reads `shape` and `axis`, which must fit the gradient and the indices.
  package init(_ call: Invocation) throws(EspalierError) {
    let count = try call.floatInput(0).shape.elementCount
    let indices = try call.indices(at: 1)
    guard let sizes = try call.ints("shape"), let shape = Shape(checking: sizes),
      let axis = shape.resolve(axis: try call.int("axis", default: 0))
    else { throw call.error("has no shape to add to") }
    slices = IndexedSlices(shape, axis: axis)
    guard slices.outer * slices.inner * indices.shape.elementCount == count else {
      throw call.error("cannot add to \(shape) as it asks")
    }
    outputs = [TensorType(shape)]
  }
}
