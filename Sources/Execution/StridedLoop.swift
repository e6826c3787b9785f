import EspalierTensors

/// Walks the elements of a shape in row-major order together with their places in operands laid out differently.
///
/// The innermost axis is handed over as a run, so that the work inside is a plain loop; neighbouring axes that every operand
/// walks as if they were one are made one, so that runs are long.
package struct StridedLoop: Sendable {
  private let outer: [Int]
  private let run: Int
  private let strides: [[Int]]

  /// A walk over `shape`; `strides` gives, for each operand and axis, how many elements apart neighbours lie.
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

  /// How far apart neighbours within a run lie in operand `operand`.
  package func step(_ operand: Int) -> Int { strides[operand].last ?? 0 }

  /// Calls `body(start, count, offsets)` for each run: its first element in row-major order, how many there are, and where
  /// the run begins in each operand.
  package func forEachRun(_ body: (_ start: Int, _ count: Int, _ offsets: [Int]) -> Void) {
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
