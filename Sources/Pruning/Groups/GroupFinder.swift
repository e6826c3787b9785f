import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

extension Graph {
  /// The groups of units that the layers of this graph produce, prunable or not, in the order of the layers.
  ///
  /// - Throws: `EspalierError` if an operator is unknown or shapes do not fit.
  /// - Complexity: near-linear in the number of elements of all axes, for each choice of factors tried.
  package func pruningGroups() throws(EspalierError) -> [PruningGroup] {
    let rules = try DependencyRules(self, feeds: try feedTypes(batch: 2)).choosingFactors()
    var partition = DependencyPartition(rules)
    let layers = LayersByAxis(rules)
    var order: [[Int]] = []
    var bySignature: [[Int]: [PruningUnit]] = [:]
    for unit in partition.units(rules) {
      if bySignature[unit.axes] == nil { order.append(unit.axes) }
      bySignature[unit.axes, default: []].append(unit)
    }
    let normalizations = rules.normalizations
    let groups = order.map { axes in
      let values = axes.map { rules.numbering.axes[$0] }
      let units = bySignature[axes]!
      let own = Dictionary(
        uniqueKeysWithValues: values.enumerated().map { index, axis in (axis, units.map { $0.positions[index] }) })
      return group(
        units, axes: values, producers: layers.producers(among: axes),
        consumers: layers.consumers(among: axes), products: rules.products.filter { own[$0.activation] != nil },
        normalizations: normalizations.filter { own[$0.axis] != nil }.map {
          UnitNormalization($0.node, among: own, rules.types)
        },
        part: values.contains(where: rules.heads.contains)
          ? .heads : values.contains(where: rules.attended.contains) ? .width : nil)
    }
    let ranks = Dictionary(
      rules.contractions.enumerated().map { ($1.outputAxis, $0) }, uniquingKeysWith: { first, _ in first })
    func place(_ group: PruningGroup) -> (Int, Int) {
      let principal = group.producers[0].outputAxis
      return (ranks[principal]!, group.elements[principal]![0][0])
    }
    return groups.sorted { place($0) < place($1) }.withDistinctIdentifiers()
  }

  private func group(
    _ units: [PruningUnit], axes: [ValueAxis], producers: [WeightedContraction], consumers: [WeightedContraction],
    products: [WeightedContraction], normalizations: [UnitNormalization], part: PruningGroup.AttentionPart?
  ) -> PruningGroup {
    let principal = axes.firstIndex(of: producers[0].outputAxis)!
    let units = units.sorted { $0.positions[principal][0] < $1.positions[principal][0] }
    var elements: [ValueAxis: [[Int]]] = [:]
    for (index, axis) in axes.enumerated() { elements[axis] = units.map { $0.positions[index] } }
    let consumed = Set(consumers.map(\.weight))
    let parameters = axes.filter { constants[$0.value] != nil }
    let made = parameters.filter { !consumed.contains($0) }
    let produced = Set(producers.map(\.outputAxis))
    let members =
      made.filter(produced.contains) + made.filter { !produced.contains($0) } + parameters.filter(consumed.contains)
    var frozen = units.lazy.compactMap(\.frozen).first
    if frozen == nil, consumers.isEmpty, products.isEmpty {
      frozen = FrozenReason(culprit: "the group", reason: "is read by no layer with weights")
    }
    if frozen == nil, units.count == 1 {
      frozen = FrozenReason(culprit: "the group", reason: "is a single unit, which cannot be divided")
    }
    return PruningGroup(
      id: producers[0].identifier, size: units.count,
      scope: units.contains(where: \.isCoupled) ? .all : .inner, elements: elements, producers: producers,
      consumers: consumers, products: products, normalizations: normalizations, part: part, frozen: frozen,
      members: members.map(\.description))
  }
}

/// The layers of a graph by the axes that they write and read.
private struct LayersByAxis {
  private let contractions: [WeightedContraction]
  private var making: [Int: [Int]] = [:]
  private var reading: [Int: [Int]] = [:]

  init(_ rules: DependencyRules) {
    contractions = rules.contractions
    let positions = Dictionary(uniqueKeysWithValues: rules.numbering.axes.enumerated().map { ($1, $0) })
    for (index, layer) in contractions.enumerated() {
      if let axis = positions[layer.outputAxis] { making[axis, default: []].append(index) }
      if let axis = positions[layer.activation] { reading[axis, default: []].append(index) }
    }
  }

  func producers(among axes: [Int]) -> [WeightedContraction] { layers(making, axes) }

  func consumers(among axes: [Int]) -> [WeightedContraction] { layers(reading, axes) }

  private func layers(_ byAxis: [Int: [Int]], _ axes: [Int]) -> [WeightedContraction] {
    axes.flatMap { byAxis[$0] ?? [] }.sorted().map { contractions[$0] }
  }
}
