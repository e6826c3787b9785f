import EspalierFiles
import EspalierTensors

/// The rows that a layer normalisation normalises, one behind the other in memory.
package struct NormalizedRows: Hashable, Sendable {
  /// The shape of all of them.
  package let shape: Shape
  /// The first axis that is normalised over.
  package let axis: Int
  /// How many rows there are.
  package let count: Int
  /// How many elements each has.
  package let size: Int
  /// The epsilon added to the variance.
  package let epsilon: Float

  /// The rows of the first input (of a gradient, of the second); scale and B must have as many elements as a row.
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

  /// The shape of one statistic of every row.
  var statisticsShape: Shape { Shape(shape.indices.map { $0 < axis ? shape[$0] : 1 }) }
}
