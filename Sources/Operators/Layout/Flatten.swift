import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A matrix whose rows combine the axes before the attribute `axis`, and whose columns combine the others: `[d0 ..
/// d(axis-1), d(axis) ..]`.
package struct Flatten: ViewOperator {
  /// `Flatten`.
  package static let name: OperatorName = "Flatten"

  /// Two axes.
  package let outputs: [TensorType]
  private let input: Shape

  /// Reads `axis`, which may equal the rank.
  package init(_ call: Invocation) throws(EspalierError) {
    let type = try call.input(0)
    let rank = type.shape.rank
    let axis = try call.int("axis", default: 1)
    let resolved = axis < 0 ? axis + rank : axis
    guard (0...rank).contains(resolved) else { throw call.error("axis \(axis) does not exist in its input") }
    input = type.shape
    outputs = [TensorType([input[..<resolved].reduce(1, *), input[resolved...].reduce(1, *)], type.elementType)]
  }

  /// The rule of a reshape.
  package var axes: AxisRule? { AxisRule.reshape(from: input, to: outputs[0].shape) }
}
