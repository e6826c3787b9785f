import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The derivative of ``GatherElements``: zeros of the attribute `shape`, to which each element of the first input is
/// added at its index in the second along the attribute `axis`.
package struct GatherElementsDerivative: Operator {
  /// `espalier::GatherElementsDerivative`.
  package static let name: OperatorName = .own("GatherElementsDerivative")

  /// The shape that the attribute states.
  package let outputs: [TensorType]
  /// The elements to which the gradient is added.
  package let elements: PickedElements

  /// Reads `shape` and `axis`; the gradient must have the shape of the indices.
  package init(_ call: Invocation) throws(EspalierError) {
    guard let sizes = try call.ints("shape"), let shape = Shape(checking: sizes),
      try call.floatInput(0).shape == call.indices(at: 1).shape
    else { throw call.error("has no shape to add to") }
    elements = try PickedElements(call, shape)
    outputs = [TensorType(shape)]
  }
}

extension GradientBuilder {
  /// Zeros of `shape`, to which each element of `value` is added at its index in `indices` along `axis`.
  mutating func addToPicked(_ value: String, at indices: String, of shape: Shape, axis: Int) -> String {
    add(
      GatherElementsDerivative.name, [value, indices],
      ["shape": .ints(shape.map(Int64.init)), "axis": .int(Int64(axis))])
  }
}
