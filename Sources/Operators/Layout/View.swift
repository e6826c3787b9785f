import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The same elements in the shape stated by the attribute `shape`; used by derivatives.
package struct View: ViewOperator {
  /// `espalier::View`.
  package static let name: OperatorName = .own("View")

  /// The shape that the attribute states.
  package let outputs: [TensorType]

  /// Reads `shape`, which must have as many elements as the input.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    guard let sizes = try call.ints("shape"), let shape = Shape(checking: sizes),
      shape.elementCount == input.shape.elementCount
    else { throw call.error("cannot view \(input.shape) as it asks") }
    outputs = [TensorType(shape, input.elementType)]
  }
}
