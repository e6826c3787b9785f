import EspalierOperators

/// Elements of axes that can only be removed together: a channel, a neuron, a head.
struct PruningUnit {
  /// The axes of the unit, as ascending indices of ``ElementNumbering/axes``.
  fileprivate(set) var axes: [Int] = []
  /// For each of these axes, the positions that belong to the unit.
  fileprivate(set) var positions: [[Int]] = []
  /// The reason why the unit is frozen, if it is.
  fileprivate(set) var frozen: FrozenReason?
  /// Whether the unit passes through a node that merges two branches, or that normalises over units like it.
  fileprivate(set) var isCoupled = false
}

extension DependencyPartition {
  /// The units that layers produce, in the order of their first elements. `rules` are those of the partition.
  mutating func units(_ rules: DependencyRules) -> [PruningUnit] {
    let numbering = rules.numbering
    var isMade = Array(repeating: false, count: numbering.count)
    for layer in rules.contractions {
      for element in numbering.range(of: layer.outputAxis) ?? 0..<0 { isMade[unit(of: element)] = true }
    }
    var units: [PruningUnit] = []
    var places = [Int?](repeating: nil, count: numbering.count)
    for (axis, value) in numbering.axes.enumerated() {
      for (position, element) in numbering.range(of: value)!.enumerated() {
        let root = unit(of: element)
        guard isMade[root] else { continue }
        let place = places[root] ?? units.count
        if place == units.count { units.append(PruningUnit()) }
        places[root] = place
        if units[place].axes.last == axis {
          units[place].positions[units[place].positions.count - 1].append(position)
        } else {
          units[place].axes.append(axis)
          units[place].positions.append([position])
        }
      }
    }
    for (axis, reason) in rules.frozenReasons + contradictions {
      for element in numbering.axes(standingFor: axis).compactMap(numbering.range).joined() {
        guard let place = places[unit(of: element)], units[place].frozen == nil else { continue }
        units[place].frozen = reason
      }
    }
    for element in coupled {
      if let place = places[unit(of: element)] { units[place].isCoupled = true }
    }
    return units
  }
}
