import Graph
import Operators
import Tensors

extension Graph {
  /// The groups of units that this graph's layers make, prunable or not, in the order of those layers.
  ///
  /// - Throws: `DataError` if an operator is unknown or shapes do not fit.
  /// - Complexity: near-linear in the number of elements of all axes.
  public func pruningGroups() throws -> [PruningGroup] {
    var dependencies = try AxisDependencies(self, feeds: try feedTypes(batch: 2))
    let units = dependencies.units()
    let contractions = dependencies.contractions
    var order: [[ValueAxis]] = []
    var bySignature: [[ValueAxis]: [PruningUnit]] = [:]
    for unit in units {
      let signature = unit.elements.keys.sorted()
      if bySignature[signature] == nil { order.append(signature) }
      bySignature[signature, default: []].append(unit)
    }
    let outputAxes = Dictionary(
      contractions.enumerated().map { ($1.outputAxis, $0) }, uniquingKeysWith: { first, _ in first })
    let found = order.compactMap { signature -> (rank: Int, group: PruningGroup)? in
      let axes = Set(signature)
      let producers = contractions.filter { axes.contains($0.outputAxis) }
      guard let producer = producers.first else { return nil }
      let group = group(
        bySignature[signature]!, axes: signature, producers: producers,
        consumers: contractions.filter { axes.contains($0.activation) })
      return (outputAxes[producer.outputAxis]!, group)
    }
    return found.sorted { $0.rank < $1.rank }.map(\.group)
  }

  private func group(
    _ units: [PruningUnit], axes: [ValueAxis], producers: [WeightedContraction], consumers: [WeightedContraction]
  ) -> PruningGroup {
    let principal = producers[0].outputAxis
    let units = units.sorted { $0.elements[principal]![0] < $1.elements[principal]![0] }
    var elements: [ValueAxis: [[Int]]] = [:]
    for axis in axes { elements[axis] = units.map { $0.elements[axis]! } }
    let consumed = Set(consumers.map(\.weight))
    let parameters = axes.filter { constants[$0.value] != nil }
    let made = parameters.filter { !consumed.contains($0) }
    let produced = Set(producers.map(\.outputAxis))
    let members =
      made.filter(produced.contains) + made.filter { !produced.contains($0) } + parameters.filter(consumed.contains)
    var frozen = units.lazy.compactMap(\.frozen).first
    if frozen == nil, consumers.isEmpty {
      frozen = FrozenReason(culprit: "the group", reason: "is read by no layer with weights")
    }
    return PruningGroup(
      id: identifier(of: producers[0]), size: units.count,
      scope: units.contains(where: \.couplesBranches) ? .all : .inner, elements: elements, producers: producers,
      consumers: consumers, frozen: frozen, members: members.map(\.description))
  }

  /// A layer's name: that of its weights without their ending, or the node's where the weights' name was made up by a tool.
  private func identifier(of layer: WeightedContraction) -> String {
    let name = layer.weight.value
    for ending in [".weight", "_weight", "/weight", ".W", "_W"] where name.hasSuffix(ending) {
      let stem = name.dropLast(ending.count)
      if !stem.isEmpty { return String(stem) }
    }
    let parts = layer.label.split(separator: "/").map(String.init)
    return parts.count > 1 ? parts.dropLast().joined(separator: ".") : layer.label
  }
}
