extension DependencyPartition {
  /// Joins units until each has equally many elements in each of `parts` equal parts of `range`, so that the parts stay
  /// equal in size whichever units are removed.
  ///
  /// Greedy, in the order of the units: an unbalanced unit absorbs the first units that supply the elements it lacks,
  /// or, where none fits, the next one. Where every element is a unit of its own, element j of each part is joined with
  /// element j of the others. Frozen units come last, so that they absorb no others. Complexity: O(units^2 x parts) at
  /// worst.
  mutating func balance(_ range: Range<Int>, parts: Int) {
    let size = range.count / parts
    var (order, counts) = ([Int](), [Int: [Int]]())
    for (index, element) in range.prefix(size * parts).enumerated() {
      let unit = unit(of: element)
      if counts[unit] == nil { order.append(unit) }
      counts[unit, default: Array(repeating: 0, count: parts)][index / size] += 1
    }
    let uneven = order.filter { Set(counts[$0]!).count > 1 }
    var open = uneven.filter { !isFrozen[$0] } + uneven.filter { isFrozen[$0] }
    while let first = open.first {
      open.removeFirst()
      var sum = counts[first]!
      while Set(sum).count > 1 {
        let most = sum.max()!
        var left: [Int] = []
        for unit in open {
          let own = counts[unit]!
          if zip(own, sum).allSatisfy({ $0 + $1 <= most }) {
            for part in 0..<parts { sum[part] += own[part] }
            join(first, unit)
          } else {
            left.append(unit)
          }
        }
        open = left
        guard Set(sum).count > 1, let next = open.first else { break }
        open.removeFirst()
        for part in 0..<parts { sum[part] += counts[next]![part] }
        join(first, next)
      }
    }
  }
}
