/// A partition of `0 ..< count` with a join operation: union by size, with path halving.
///
/// R. E. Tarjan, "Efficiency of a good but not linear set union algorithm" (JACM 1975); near-constant time per
/// operation.
struct DisjointSets {
  private var parents: [Int]
  private var sizes: [Int]

  /// The partition into single elements.
  init(count: Int) {
    parents = Array(0..<count)
    sizes = Array(repeating: 1, count: count)
  }

  /// The representative of the part that contains `element`.
  mutating func find(_ element: Int) -> Int {
    var element = element
    while parents[element] != element {
      parents[element] = parents[parents[element]]
      element = parents[element]
    }
    return element
  }

  /// Joins the parts of two elements.
  mutating func join(_ first: Int, _ second: Int) {
    var (larger, smaller) = (find(first), find(second))
    guard larger != smaller else { return }
    if sizes[larger] < sizes[smaller] { swap(&larger, &smaller) }
    parents[smaller] = larger
    sizes[larger] += sizes[smaller]
  }
}
