import EspalierFiles
import EspalierTensors

/// The rows that a layer normalisation normalises, contiguous in memory.
package struct NormalizedRows: Hashable, Sendable {
  /// The shape of the whole tensor.
  package let shape: Shape
  /// The first normalised axis.
  package let axis: Int
  /// The number of rows.
  package let count: Int
  /// The number of elements of a row.
  package let size: Int
  /// The epsilon added to the variance.
  package let epsilon: Float

  /// The rows of the first input (of a gradient: the second); scale and B must have as many elements as a row.
  init(_ call: Invocation, input: Int = 0) throws(EspalierError) {
    let shape = try call.floatInput(input).shape
    let axis = try call.axis(try call.int("axis", default: -1), ofInput: input)
    self.shape = shape
    self.axis = axis
    count = shape[..<axis].reduce(1, *)
    size = shape[axis...].reduce(1, *)
    epsilon = try call.float("epsilon", default: 1e-5)
    _ = try call.floatInput(input + 1)
    for position in input + 1..<input + 3 where call.has(input: position) {
      let own = try call.floatInput(position).shape
      guard own.elementCount == size, own.sizes.suffix(shape.rank - axis).elementsEqual(shape[axis...]) else {
        throw call.error(
          "input \"\(call.node.inputs[position])\" of shape \(own) is not the \(size) numbers of a row")
      }
    }
  }

  /// The shape of a statistic with one number per row.
  var statisticsShape: Shape { Shape(shape.indices.map { $0 < axis ? shape[$0] : 1 }) }
}
