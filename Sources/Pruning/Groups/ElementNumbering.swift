import EspalierOperators

/// Consecutive numbers for the elements of all axes of a graph's values: the nodes of the dependency graph.
struct ElementNumbering {
  /// The axes, in the order of their numbers: by name of the value, then by axis.
  let axes: [ValueAxis]
  /// The number of elements.
  let count: Int
  private let blocked: [ValueAxis: ValueAxis]
  private let first: [ValueAxis: Int]
  private let sizes: [ValueAxis: Int]

  /// Numbers the axes of values of these types, and those of weights whose elements are counted across blocks.
  init(_ types: [String: TensorType], blocked: Set<ValueAxis>) {
    var sizes: [ValueAxis: Int] = [:]
    for (value, type) in types {
      for axis in type.shape.indices { sizes[ValueAxis(value, axis)] = type.shape[axis] }
    }
    for axis in blocked {
      sizes[axis] = (sizes.removeValue(forKey: ValueAxis(axis.value, axis.axis)) ?? 0) * axis.blocks
    }
    self.blocked = Dictionary(blocked.map { (ValueAxis($0.value, $0.axis), $0) }, uniquingKeysWith: { one, _ in one })
    var first: [ValueAxis: Int] = [:]
    var next = 0
    axes = sizes.keys.sorted()
    for axis in axes {
      first[axis] = next
      next += sizes[axis]!
    }
    (self.first, self.sizes, count) = (first, sizes, next)
  }

  /// The axes that represent `axis`, which may be counted across blocks.
  func axes(standingFor axis: ValueAxis) -> [ValueAxis] {
    if first[axis] != nil { return [axis] }
    return blocked[axis].map { [$0] } ?? []
  }

  /// The numbers of the elements of `axis`; `nil` if there is no such axis.
  func range(of axis: ValueAxis) -> Range<Int>? {
    guard let first = first[axis], let size = sizes[axis] else { return nil }
    return first..<first + size
  }
}
