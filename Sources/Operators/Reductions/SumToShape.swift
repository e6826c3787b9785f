import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The sum over the axes along which a tensor of the attribute `shape` would be broadcast to the input: the derivative
/// of broadcasting.
package struct SumToShape: Operator {
  /// `espalier::SumToShape`.
  package static let name: OperatorName = .own("SumToShape")

  /// The shape of the input.
  package let input: Shape
  /// The shape of the sums.
  package let target: Shape

  /// Reads `shape`.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0).shape
    guard let sizes = try call.ints("shape"), let shape = Shape(checking: sizes),
      Broadcasting.shape(shape, input) == input
    else { throw call.error("cannot sum \(input) as it asks") }
    target = shape
  }

  /// The shape that the attribute states.
  package var outputs: [TensorType] { [TensorType(target)] }
}
