import EspalierFiles
import EspalierGraph
import EspalierOperators

/// The partition of the elements of all axes into units: sets of elements that can only be removed together.
///
/// Every element of every axis is a node of a dependency graph, whose edges follow from the axis rules of the
/// operators; a *unit* is a connected component. Source: `docs/guides/groups.md`; the terms are those of G. Fang et
/// al., "DepGraph: towards any structural pruning" (CVPR 2023), but dependencies come from operator semantics, never
/// from patterns or probing.
struct DependencyPartition {
  /// The units, as sets of elements.
  private(set) var sets: DisjointSets
  /// For the representative of each unit, whether the unit is frozen.
  private(set) var isFrozen: [Bool]
  /// Elements at which branches meet that nothing else ties, and elements over which a node normalises.
  private(set) var coupled: [Int] = []

  /// Ties elements by `rules`, using for each node the option given by `choice`.
  ///
  /// Nodes that merge branches come last: branches are coupled if nothing else ties them. Then the parts of balanced
  /// axes are matched.
  ///
  /// - Throws: `EspalierError` if a rule ties elements that do not exist.
  /// - Complexity: near-linear in the number of elements of all axes (not of all values).
  init(_ rules: DependencyRules, choosing choice: [Int]) throws(EspalierError) {
    let numbering = rules.numbering
    sets = DisjointSets(count: numbering.count)
    isFrozen = Array(repeating: false, count: numbering.count)
    let chosen = zip(rules.rules, choice).map { ($0, $0.options[$1]) }
    for (rule, option) in chosen { join(option.blocks, of: rule, numbering) }
    for (rule, option) in chosen where !option.couplesBranches { try join(option.ties, of: rule, numbering) }
    for (rule, option) in chosen where option.couplesBranches {
      couple(option.ties, of: rule, numbering)
      try join(option.ties, of: rule, numbering)
    }
    for axis in rules.normalizations(choosing: choice).map(\.axis) { coupled += numbering.range(of: axis) ?? 0..<0 }
    for axis in rules.frozenAxes(choosing: choice) {
      for element in numbering.range(of: axis) ?? 0..<0 { isFrozen[sets.find(element)] = true }
    }
    for (rule, option) in chosen {
      for balanced in option.balanced {
        guard let range = numbering.range(of: rule.node.value(balanced.axis)) else { continue }
        balance(range, parts: balanced.parts)
      }
    }
  }

  private mutating func join(
    _ ties: [AxisTie], of rule: DependencyRules.NodeRule, _ numbering: ElementNumbering
  ) throws(EspalierError) {
    for tie in ties {
      let (from, to) = (rule.node.value(tie.from), rule.node.value(tie.to))
      guard let source = numbering.range(of: from), let target = numbering.range(of: to),
        tie.reach(source.count) <= target.count
      else {
        throw EspalierError(.model, "axes \(from) and \(to)", "cannot depend on each other as \(rule.culprit) says")
      }
      for index in 0..<source.count {
        for element in tie.elements(of: index) { sets.join(source.lowerBound + index, target.lowerBound + element) }
      }
    }
  }

  private mutating func join(_ blocks: [AxisBlocks], of rule: DependencyRules.NodeRule, _ numbering: ElementNumbering) {
    for block in blocks {
      guard let range = numbering.range(of: rule.node.value(block.axis)) else { continue }
      for (index, element) in range.enumerated() where index % block.size > 0 { sets.join(element - 1, element) }
    }
  }

  /// Records the output elements at which computed operands of different units meet.
  private mutating func couple(_ ties: [AxisTie], of rule: DependencyRules.NodeRule, _ numbering: ElementNumbering) {
    let branches = ties.filter { tie in
      if case .input(let position) = tie.from.port { rule.computed.contains(position) } else { false }
    }
    for (axis, meeting) in Dictionary(grouping: branches, by: \.to) where meeting.count > 1 {
      guard let result = numbering.range(of: rule.node.value(axis)) else { continue }
      let sources = meeting.compactMap { numbering.range(of: rule.node.value($0.from)) }
      for index in 0..<result.count where sources.allSatisfy({ index < $0.count }) {
        let units = Set(sources.map { sets.find($0.lowerBound + index) })
        if units.count > 1 { coupled.append(result.lowerBound + index) }
      }
    }
  }

  /// Joins two units.
  mutating func join(_ first: Int, _ second: Int) {
    let isEitherFrozen = isFrozen[sets.find(first)] || isFrozen[sets.find(second)]
    sets.join(first, second)
    isFrozen[sets.find(first)] = isEitherFrozen
  }

  /// The representative of the unit of `element`.
  mutating func unit(of element: Int) -> Int { sets.find(element) }
}

extension DependencyRules {
  /// The axes that nodes freeze under the options of `choice`.
  fileprivate func frozenAxes(choosing choice: [Int]) -> [ValueAxis] {
    frozenReasons(choosing: choice).flatMap { numbering.axes(standingFor: $0.axis) }
  }

  /// The axes normalised over under the options of `choice`, with the nodes that do so, in node order.
  func normalizations(choosing choice: [Int]) -> [(axis: ValueAxis, node: Node)] {
    zip(rules, choice).flatMap { rule, option in
      rule.options[option].normalized.map { (rule.node.value($0), rule.node) }
    }
  }

  /// The frozen axes under the options of `choice`, with reasons: inputs and outputs first, then nodes in order.
  func frozenReasons(choosing choice: [Int]) -> [(axis: ValueAxis, reason: FrozenReason)] {
    frozen
      + zip(rules, choice).flatMap { rule, option in
        rule.options[option].frozen.map {
          (rule.node.value($0.axis), FrozenReason(culprit: rule.culprit, reason: $0.reason))
        }
      }
  }
}
