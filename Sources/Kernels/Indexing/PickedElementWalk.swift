import EspalierExecution
import EspalierOperators
import EspalierTensors

/// Iterates over indices and the elements of a tensor that they refer to.
struct PickedElementWalk {
  private let loop: StridedLoop
  private let axisStride: Int
  private let axisSize: Int

  /// An iteration over `elements`.
  init(_ elements: PickedElements) {
    var strides = elements.tensor.strides
    axisStride = strides[elements.axis]
    axisSize = elements.tensor[elements.axis]
    strides[elements.axis] = 0
    loop = StridedLoop(elements.indices, strides: [strides])
  }

  /// Calls `body(element, position)` for each index: the offset of the element in the tensor, or `nil` if the index is
  /// out of range.
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
