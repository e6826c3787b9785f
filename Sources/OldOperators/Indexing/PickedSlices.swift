import Graph
import Tensors

/// Slices of a tensor that tuples of indices name: the last axis of the indices is a tuple, which points along the first axes of the
/// tensor behind those of the batch.
struct PickedSlices {
  /// Elements of a slice.
  let size: Int
  /// The shape of all slices together: the places of the tuples, then the axes of a slice.
  let shape: Shape
  /// How many axes a tuple points along.
  let depth: Int
  private let sizes: [Int]
  private let strides: [Int]
  private let tuples: Int
  private let perBatch: Int
  private let batchStride: Int

  /// What a node asks for, whose second input are indices into a tensor of shape `whole` whose first axes are a `batch`.
  ///
  /// - Throws: `DataError` if a tuple is longer than the tensor has axes, or a batch has other sizes.
  init(_ invocation: Invocation, _ whole: Shape, batch: Int = 0) throws {
    let indices = try invocation.indices(at: 1).shape
    guard let depth = indices.last, batch >= 0, batch < indices.rank, depth > 0, batch + depth <= whole.rank,
      whole[..<batch].elementsEqual(indices[..<batch])
    else { throw invocation.error("indices of \(indices) do not fit \(whole)") }
    let axes = batch..<batch + depth
    let sizes = axes.map { whole[$0] }
    self.sizes = sizes
    strides = axes.map { whole.strides[$0] }
    self.depth = depth
    size = whole[(batch + depth)...].reduce(1, *)
    shape = Shape(indices.dropLast() + whole[(batch + depth)...])
    tuples = indices.dropLast().reduce(1, *)
    perBatch = indices.dropLast().dropFirst(batch).reduce(1, *)
    batchStride = whole[batch...].reduce(1, *)
    try invocation.checkIndices(at: 1) { sizes[$0 % depth] }
  }

  /// Calls `body(start, position)` for each tuple: where the slice begins in the tensor, `nil` where there is none.
  @inline(__always)
  func forEach(in indices: Buffer, _ body: (_ start: Int?, _ position: Int) -> Void) {
    let list = IndexList(indices)
    for tuple in 0..<tuples {
      var start: Int? = tuple / perBatch * batchStride
      for axis in 0..<depth {
        let place = list.place(at: tuple * depth + axis, size: sizes[axis])
        start = place.flatMap { place in start.map { $0 + place * strides[axis] } }
      }
      body(start, tuple)
    }
  }

  /// Indexed axes stay whole. A place of the tuples goes with the same of the slices and, within the batch, of the tensor; an axis of
  /// a slice with the same of the tensor. `slices` names where the slices lie, `tensors` where tensors of the whole shape do. Indices
  /// that are stored hold their axes.
  func rule(_ invocation: Invocation, batch: Int = 0, slices: Port, tensors: [Port], _ reason: String) throws
    -> AxisRule
  {
    let (whole, indices) = (try invocation.input(0).shape, try invocation.input(1).shape)
    let areStored = invocation.constants[1] != nil
    var rule = AxisRule(frozen: [FrozenAxis(PortAxis(.input(1), indices.rank - 1), "takes tuples of it")])
    for axis in 0..<indices.rank - 1 {
      let places = [PortAxis(.input(1), axis)] + (axis < batch ? tensors.map { PortAxis($0, axis) } : [])
      if areStored {
        rule.frozen += (places + [PortAxis(slices, axis)]).map { FrozenAxis($0, "states the indices of its elements") }
      } else {
        rule.ties += places.map { AxisTie($0, PortAxis(slices, axis)) }
      }
    }
    for axis in batch..<whole.rank {
      if axis < batch + depth {
        rule.frozen += tensors.map { FrozenAxis(PortAxis($0, axis), reason) }
      } else {
        let inner = PortAxis(slices, axis - batch - depth + indices.rank - 1)
        rule.ties += tensors.map { AxisTie(inner, PortAxis($0, axis)) }
      }
    }
    return rule
  }
}
