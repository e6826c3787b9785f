import EspalierGraph
import EspalierOperators

/// One layer, or one product of values, that reads one group: the subject of statistics.
struct GroupReading: Hashable {
  let group: PruningGroup
  let layer: WeightedContraction

  /// All layers that read `groups`, group by group.
  static func all(of groups: [PruningGroup]) -> [GroupReading] {
    groups.flatMap { group in group.readers.map { GroupReading(group: group, layer: $0) } }
  }

  static func == (first: GroupReading, second: GroupReading) -> Bool {
    first.group.id == second.group.id && first.layer == second.layer
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(group.id)
    hasher.combine(layer)
  }

  /// For each unit, the layer's input channels that belong to it.
  var channels: [[Int]] { group.elements[layer.activation]! }
}

extension WeightedContraction {
  /// The value that the layer reads in `node`, which may be a masked form of ``activation``.
  func reads(in node: Node) -> String {
    node.inputs.first { $0 != weight.value } ?? activation.value
  }
}
