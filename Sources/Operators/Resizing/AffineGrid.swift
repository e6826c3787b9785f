import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The grid of positions that affine maps give, for ``GridSample``: the second input is the shape `N x C x spatial` of
/// the images, the first a matrix for each of them, applied to coordinates from -1 to 1, innermost first, and 1.
package struct AffineGrid: CompositeOperator {
  /// `AffineGrid`.
  package static let name: OperatorName = "AffineGrid"

  /// The shape of the images.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The product with the coordinates of all positions.
  package let body: Body

  /// The largest number of positions, whose coordinates are stored.
  private static let mostPositions = 1 << 24

  /// Reads the shape, which must be known before the network runs, and `align_corners`.
  package init(_ call: Invocation) throws(EspalierError) {
    let maps = try call.floatInput(0).shape
    guard let sizes = try call.ints("size", orInput: 1), sizes.count == 4 || sizes.count == 5,
      let shape = Shape(checking: sizes), maps == [shape[0], shape.rank - 2, shape.rank - 1]
    else { throw call.error("cannot make grids by maps of \(maps)") }
    let alignsCorners = try call.flag("align_corners")
    let spatial = Array(shape.dropFirst(2))
    guard Int.limitedProduct(spatial) <= Self.mostPositions else {
      throw call.error("makes grids of \(shape), more than \(Self.mostPositions) positions each")
    }
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      // One column for each position: its coordinates and 1.
      let count = spatial.reduce(1, *)
      var columns = [Float](repeating: 1, count: (spatial.count + 1) * count)
      for position in 0..<count {
        var rest = position
        for axis in spatial.indices.reversed() {
          let (size, index) = (spatial[axis], rest % spatial[axis])
          rest /= spatial[axis]
          columns[(spatial.count - 1 - axis) * count + position] =
            alignsCorners
            ? (size > 1 ? 2 * Float(index) / Float(size - 1) - 1 : 0) : (2 * Float(index) + 1) / Float(size) - 1
        }
      }
      let coordinates = body.store(Tensor(shape: [spatial.count + 1, count], columns))
      let product = body.add(MatMul.name, [try body.required(0), coordinates])
      let rows = body.transpose(product, [0, 2, 1])
      body.finish([body.reshape(rows, to: Shape([shape[0]] + spatial + [spatial.count]))])
    }
  }

  /// All axes are frozen.
  package var axes: AxisRule? {
    AxisRule(
      frozen: (0..<3).map { FrozenAxis(PortAxis(.input(0), $0), "makes coordinates of it") }
        + outputs[0].shape.indices.map { FrozenAxis(PortAxis(.output(0), $0), "states its elements") })
  }
}
