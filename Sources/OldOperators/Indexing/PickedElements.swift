import Graph
import Tensors

/// Single elements of a tensor that a tensor of indices names: at each place of the indices, the element at the same place but for
/// one axis, where the index says.
struct PickedElements {
  private let loop: StridedLoop
  private let axisStride: Int
  private let axisSize: Int

  /// The elements of a tensor of `shape` that indices of the shape `indices` name along `axis`.
  init(_ shape: Shape, axis: Int, indices: Shape) {
    var strides = shape.strides
    axisStride = strides[axis]
    axisSize = shape[axis]
    strides[axis] = 0
    loop = StridedLoop(indices, strides: [strides])
  }

  /// Calls `body(element, position)` for each index: which element of the tensor it names, `nil` where there is none.
  @inline(__always)
  func forEach(in indices: Buffer, _ body: (_ element: Int?, _ position: Int) -> Void) {
    let list = IndexList(indices)
    let step = loop.step(0)
    loop.forEachRun { start, count, offsets in
      for i in 0..<count {
        let place = list.place(at: start + i, size: axisSize)
        body(place.map { offsets[0] + i * step + $0 * axisStride }, start + i)
      }
    }
  }
}

extension PickedElements {
  /// What a node asks for, whose first input is a tensor and whose second are indices along the attribute `axis`.
  ///
  /// - Throws: `DataError` if the indices have other axes than the tensor, or more places.
  init(_ invocation: Invocation, _ shape: Shape) throws {
    let axis = try Self.axis(invocation, shape)
    let indices = try invocation.indices(at: 1).shape
    guard indices.rank == shape.rank,
      shape.indices.allSatisfy({ $0 == axis || indices[$0] <= shape[$0] })
    else { throw invocation.error("indices of \(indices) do not fit \(shape)") }
    try invocation.checkIndices(at: 1) { _ in shape[axis] }
    self.init(shape, axis: axis, indices: indices)
  }

  /// The axis that the indices point along.
  static func axis(_ invocation: Invocation, _ shape: Shape) throws -> Int {
    let asked = try invocation.int("axis", default: 0)
    guard let axis = shape.resolve(axis: asked) else {
      throw invocation.error("axis \(asked) does not exist in \(shape)")
    }
    return axis
  }

  /// The indexed axis stays whole; an element of any other axis of `picked` values goes with the same of the tensor, of the indices
  /// and of what else `tied` names. Indices that are stored hold all axes.
  static func rule(_ invocation: Invocation, picked: Port, tied: [Port], _ reason: String) throws -> AxisRule {
    let shape = try invocation.input(0).shape
    let indexed = try axis(invocation, shape)
    var rule = AxisRule()
    for axis in shape.indices {
      if axis == indexed || invocation.constants[1] != nil {
        let why = axis == indexed ? reason : "states the indices of its elements"
        rule.frozen += ([picked, .input(1)] + tied).map { FrozenAxis(PortAxis($0, axis), why) }
      } else {
        rule.ties += ([.input(1)] + tied).map { AxisTie(PortAxis(picked, axis), PortAxis($0, axis)) }
      }
    }
    return rule
  }
}
