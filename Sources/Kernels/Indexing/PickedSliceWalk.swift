import EspalierExecution
import EspalierOperators
import EspalierTensors

/// Iterates over tuples of indices and the slices of a tensor that they refer to.
struct PickedSliceWalk {
  /// The number of elements of a slice.
  let size: Int
  private let sizes: [Int]
  private let strides: [Int]
  private let tuples: Int
  private let perBatch: Int
  private let batchStride: Int

  /// An iteration over `slices`.
  init(_ slices: PickedSlices) {
    let axes = slices.batch..<slices.batch + slices.depth
    let strides = slices.whole.strides
    size = slices.size
    sizes = axes.map { slices.whole[$0] }
    self.strides = axes.map { strides[$0] }
    tuples = slices.indices.dropLast().reduce(1, *)
    perBatch = slices.indices.dropLast().dropFirst(slices.batch).reduce(1, *)
    batchStride = slices.whole[slices.batch...].reduce(1, *)
  }

  /// Calls `body(start, position)` for each tuple: the offset of the slice in the tensor, or `nil` if the tuple is out
  /// of range.
  @inline(__always)
  func forEach(in indices: Buffer, _ body: (_ start: Int?, _ position: Int) -> Void) {
    let list = IndexList(indices)
    let depth = sizes.count
    for tuple in 0..<tuples {
      var start: Int? = tuple / perBatch * batchStride
      for axis in 0..<depth {
        let place = list.place(at: tuple * depth + axis, size: sizes[axis])
        start = place.flatMap { place in start.map { $0 + place * strides[axis] } }
      }
      body(start, tuple)
    }
  }
}
