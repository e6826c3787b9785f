import Tensors

/// The rows that a layer normalisation normalises, one behind the other in memory.
struct NormalizedRows: Sendable {
  /// The first axis that is normalised over.
  let axis: Int
  /// How many rows there are.
  let count: Int
  /// How many elements each has.
  let size: Int
  /// What the root is kept from zero by.
  let epsilon: Float
  /// The shape of one statistic of every row.
  let statisticsShape: Shape
  private let parts: RowParts

  /// The rows of the first input (of a gradient, of the second); scale and B must have as many elements as a row.
  init(_ invocation: Invocation, input: Int = 0) throws {
    let shape = try invocation.floatInput(input).shape
    let axis = try invocation.axis(try invocation.int("axis", default: -1), ofInput: input)
    self.axis = axis
    count = shape[..<axis].reduce(1, *)
    size = shape[axis...].reduce(1, *)
    epsilon = try invocation.float("epsilon", default: 1e-5)
    statisticsShape = Shape(shape.indices.map { $0 < axis ? shape[$0] : 1 })
    parts = RowParts(rows: count, size: size, costPerElement: 4)
    _ = try invocation.floatInput(input + 1)
    for position in input + 1..<input + 3 where invocation.has(input: position) {
      let own = try invocation.floatInput(position).shape
      guard own.elementCount == size, own.sizes.suffix(shape.rank - axis).elementsEqual(shape[axis...]) else {
        throw invocation.error(
          "input \"\(invocation.node.inputs[position])\" of shape \(own) is not the \(size) numbers of a row")
      }
    }
  }

  /// Calls `body` with every row, from several threads at once.
  func forEach(_ body: (Int) -> Void) { parts.forEach(body) }

  /// The mean of a row, and 1 over the root of its variance and epsilon.
  func statistics(_ x: UnsafePointer<Float>) -> (mean: Float, factor: Float) {
    let mean = VectorMath.sum(size, { VectorMath.load(x, $0) }, rest: { x[$0] }) / Float(max(size, 1))
    let squares = VectorMath.sum(
      size,
      { place in
        let distance = VectorMath.load(x, place) - mean
        return distance * distance
      }, rest: { (x[$0] - mean) * (x[$0] - mean) })
    return (mean, 1 / (squares / Float(max(size, 1)) + epsilon).squareRoot())
  }
}
