import EspalierExecution
import EspalierOperators
import EspalierTensors

/// A walk over indices and the elements of a tensor that they name.
struct PickedElementWalk {
  private let loop: StridedLoop
  private let axisStride: Int
  private let axisSize: Int

  /// A walk over `elements`.
  init(_ elements: PickedElements) {
    var strides = elements.tensor.strides
    axisStride = strides[elements.axis]
    axisSize = elements.tensor[elements.axis]
    strides[elements.axis] = 0
    loop = StridedLoop(elements.indices, strides: [strides])
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
