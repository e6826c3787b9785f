import EspalierTensors

/// Iterates over the elements of a shape in row-major order, with their offsets in operands of different layouts.
///
/// The innermost axis is passed to the body as a run, so that the body is a plain loop. Adjacent axes that are
/// contiguous in every operand are merged, so that runs are long.
package struct StridedLoop: Sendable {
  // Inlinable, so that the loop of a kernel in another module is one with the walk.
  @usableFromInline let outer: [Int]
  @usableFromInline let run: Int
  @usableFromInline let strides: [[Int]]

  /// A loop over `shape`; `strides` gives the stride of each axis, in elements, for each operand.
  package init(_ shape: Shape, strides: [[Int]]) {
    var sizes: [Int] = []
    var merged = [[Int]](repeating: [], count: strides.count)
    for axis in shape.indices where shape[axis] != 1 {
      if !sizes.isEmpty, zip(merged, strides).allSatisfy({ $0.last == $1[axis] * shape[axis] }) {
        sizes[sizes.count - 1] *= shape[axis]
        for operand in strides.indices { merged[operand][sizes.count - 1] = strides[operand][axis] }
      } else {
        sizes.append(shape[axis])
        for operand in strides.indices { merged[operand].append(strides[operand][axis]) }
      }
    }
    outer = Array(sizes.dropLast())
    run = sizes.last ?? 1
    self.strides = merged
  }

  /// The stride within a run of operand `operand`, in elements.
  @inlinable package func step(_ operand: Int) -> Int { strides[operand].last ?? 0 }

  /// Calls `body(start, count, offsets)` for each run: the row-major index of its first element, its length, and its
  /// offset in each operand.
  @inlinable package func forEachRun(_ body: (_ start: Int, _ count: Int, _ offsets: [Int]) -> Void) {
    guard run > 0, !outer.contains(0) else { return }
    var index = [Int](repeating: 0, count: outer.count)
    var offsets = [Int](repeating: 0, count: strides.count)
    var start = 0
    while true {
      body(start, run, offsets)
      start += run
      var axis = outer.count - 1
      while axis >= 0 {
        index[axis] += 1
        for operand in strides.indices { offsets[operand] += strides[operand][axis] }
        if index[axis] < outer[axis] { break }
        for operand in strides.indices { offsets[operand] -= strides[operand][axis] * outer[axis] }
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
