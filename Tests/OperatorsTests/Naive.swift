import EspalierTensors

/// A tensor of numbers that is looked up by position, for computations written as their definitions.
struct Naive {
  var shape: Shape
  var values: [Float]

  init(_ tensor: Tensor) {
    shape = tensor.shape
    values = tensor.elements()
  }

  /// The element at `index`, of which leading axes are passed over and axes of size 1 stay at 0, as broadcasting does.
  subscript(index: [Int]) -> Float {
    let missing = index.count - shape.rank
    var place = 0
    for axis in 0..<shape.rank {
      place = place * shape.sizes[axis] + (shape.sizes[axis] == 1 ? 0 : index[axis + missing])
    }
    return values[place]
  }
}

extension Shape {
  /// The positions of all elements, in row-major order.
  var positions: [[Int]] {
    reduce([[]]) { positions, size in positions.flatMap { position in (0..<size).map { position + [$0] } } }
  }
}

extension Tensor {
  /// A tensor whose elements follow from their positions.
  init(_ shape: Shape, _ element: ([Int]) -> Float) {
    self.init(shape: shape, shape.positions.map(element))
  }
}
