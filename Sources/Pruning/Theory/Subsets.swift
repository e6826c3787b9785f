/// All subsets of a given size of the numbers 0 ..< n, in lexicographic order.
struct Subsets: Sequence, IteratorProtocol {
  /// How many there are.
  let count: Int
  private let bound: Int
  private var upcoming: [Int]?

  /// The subsets of `size` of `bound` numbers; `nil` if there are more than `limit`.
  ///
  /// Complexity: O(size).
  init?(of bound: Int, size: Int, atMost limit: Int) {
    var count = 1
    for i in 0..<Swift.min(size, bound - size) {
      // Exact at every step: the product of i + 1 consecutive numbers holds (i + 1)!.
      count = count * (bound - i) / (i + 1)
      if count > limit { return nil }
    }
    self.count = count
    self.bound = bound
    upcoming = Array(0..<size)
  }

  mutating func next() -> [Int]? {
    guard let present = upcoming else { return nil }
    upcoming = successor(of: present)
    return present
  }

  private func successor(of subset: [Int]) -> [Int]? {
    let size = subset.count
    guard let place = subset.indices.last(where: { subset[$0] < bound - size + $0 }) else { return nil }
    return Array(subset[..<place]) + (0..<size - place).map { subset[place] + 1 + $0 }
  }
}
