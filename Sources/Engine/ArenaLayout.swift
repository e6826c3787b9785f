/// The offsets of a set of values in one block of memory, in which values that are never alive together may overlap.
///
/// First fit by decreasing size, as in Y. Pisarchyk and J. Lee, "Efficient memory management for deep neural net
/// inference" (2020), "greedy by size".
package struct ArenaLayout {
  /// A value that needs memory from one step to another, inclusive.
  package struct Request {
    package var byteCount: Int
    package var firstStep: Int
    package var lastStep: Int

    /// A request of `byteCount` bytes for the steps `firstStep ... lastStep`.
    package init(byteCount: Int, firstStep: Int, lastStep: Int) {
      self.byteCount = byteCount
      self.firstStep = firstStep
      self.lastStep = lastStep
    }
  }

  /// The alignment of every value, in bytes.
  package static let alignment = 64

  /// The offset of each value, in the order of the requests.
  package let offsets: [Int]
  /// The size of the block in bytes.
  package let byteCount: Int

  /// Places all requests. Complexity: O(n^2) for n requests.
  package init(_ requests: [Request]) {
    var offsets = [Int](repeating: 0, count: requests.count)
    var placed: [(offset: Int, end: Int, request: Request)] = []
    let order = requests.indices.sorted { (requests[$0].byteCount, $1) > (requests[$1].byteCount, $0) }
    for index in order {
      let request = requests[index]
      let size = (request.byteCount + Self.alignment - 1) / Self.alignment * Self.alignment
      var offset = 0
      for other in placed
      where other.request.firstStep <= request.lastStep && request.firstStep <= other.request.lastStep {
        if offset + size <= other.offset { break }
        offset = max(offset, other.end)
      }
      offsets[index] = offset
      let position = placed.firstIndex { $0.offset > offset } ?? placed.count
      placed.insert((offset, offset + size, request), at: position)
    }
    self.offsets = offsets
    byteCount = placed.map(\.end).max() ?? 0
  }
}
