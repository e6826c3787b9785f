extension Sequence<PruningGroup> {
  /// The elements of all axes that are removed with the units not in `selection`; groups that it does not name stay
  /// whole.
  package func elementsDropped(keeping selection: [String: [Int]]) -> [ValueAxis: Set<Int>] {
    var dropped: [ValueAxis: Set<Int>] = [:]
    for group in self {
      guard let kept = selection[group.id] else { continue }
      let units = Set(0..<group.size).subtracting(kept)
      for (axis, elements) in group.elements where !units.isEmpty {
        for unit in units { dropped[axis, default: []].formUnion(elements[unit]) }
      }
    }
    return dropped
  }
}
