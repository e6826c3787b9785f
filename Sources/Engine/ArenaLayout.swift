/// The offsets of a set of values in one block of memory, in which values that are never alive together may overlap.
///
/// First fit by decreasing size, as in Y. Pisarchyk and J. Lee, "Efficient memory management for deep neural net
/// inference" (2020), "greedy by size"; for more values than the pairs of which can be compared, by step, each in the
/// place of a dead value of its size.
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

  /// The largest number of requests of which all pairs are compared.
  package static let mostPaired = 1 << 13

  /// Places all requests. Complexity: O(n^2) for n requests up to ``mostPaired``, O(n log n) beyond.
  package init(_ requests: [Request]) {
    self = requests.count > Self.mostPaired ? Self(byStep: requests) : Self(bySize: requests)
  }

  private init(offsets: [Int], byteCount: Int) {
    (self.offsets, self.byteCount) = (offsets, byteCount)
  }

  /// Places requests by step: each takes the place of a dead one of its size, or a new one behind all others.
  private init(byStep requests: [Request]) {
    let order = requests.indices.sorted { (requests[$0].firstStep, $0) < (requests[$1].firstStep, $1) }
    let ends = requests.indices.sorted { (requests[$0].lastStep, $0) < (requests[$1].lastStep, $1) }
    var offsets = [Int](repeating: 0, count: requests.count)
    var (byteCount, dead) = (0, 0)
    var free: [Int: [Int]] = [:]
    for index in order {
      while dead < ends.count, requests[ends[dead]].lastStep < requests[index].firstStep {
        free[Self.aligned(requests[ends[dead]].byteCount), default: []].append(offsets[ends[dead]])
        dead += 1
      }
      let size = Self.aligned(requests[index].byteCount)
      if let offset = free[size]?.popLast() {
        offsets[index] = offset
      } else {
        offsets[index] = byteCount
        byteCount += size
      }
    }
    self.init(offsets: offsets, byteCount: byteCount)
  }

  private static func aligned(_ byteCount: Int) -> Int { (byteCount + alignment - 1) / alignment * alignment }

  /// Places requests by decreasing size: each at the lowest offset that is free whenever it is alive.
  private init(bySize requests: [Request]) {
    var offsets = [Int](repeating: 0, count: requests.count)
    var placed: [(offset: Int, end: Int, request: Request)] = []
    let order = requests.indices.sorted { (requests[$0].byteCount, $1) > (requests[$1].byteCount, $0) }
    for index in order {
      let request = requests[index]
      let size = Self.aligned(request.byteCount)
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
    self.init(offsets: offsets, byteCount: placed.map(\.end).max() ?? 0)
  }
}
