extension SeededGenerator {
  /// A number in 0 ..< `bound`, which must be positive: the high half of a random number times `bound`.
  ///
  /// The deviation from uniform is below `bound` / 2⁶⁴. The same on every platform and with every standard library.
  package mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "there is no number below \(bound)")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// The numbers 0 ..< `count` in random order, each order equally likely (the shuffle of Fisher and Yates).
  package mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(index(below: last + 1), last)
    }
    return order
  }
}
