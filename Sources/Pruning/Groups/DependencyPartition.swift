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
  /// The axes that a node would tie although their sizes do not fit, with the node: they are frozen. So it is where the
  /// samples of a batch become channels, and where a user states a rule that does not hold.
  private(set) var contradictions: [(axis: ValueAxis, reason: FrozenReason)] = []

  /// Ties elements by `rules`, in which all choices are made.
  ///
  /// Nodes that merge branches come last: branches are coupled if nothing else ties them. Then the parts of balanced
  /// axes are matched.
  ///
  /// - Complexity: near-linear in the number of elements of all axes (not of all values).
  init(_ rules: DependencyRules) {
    let numbering = rules.numbering
    sets = DisjointSets(count: numbering.count)
    isFrozen = Array(repeating: false, count: numbering.count)
    for rule in rules.rules { join(rule.axes.blocks, of: rule, numbering) }
    for rule in rules.rules where !rule.axes.couplesBranches {
      join(rule.axes.ties, of: rule, numbering)
      for factor in rule.axes.factors { join(factor, of: rule, numbering) }
      for selection in rule.axes.selections { join(selection, of: rule, numbering) }
    }
    for rule in rules.rules where rule.axes.couplesBranches {
      couple(rule.axes.ties, of: rule, numbering)
      join(rule.axes.ties, of: rule, numbering)
    }
    for axis in rules.normalizations.map(\.axis) { coupled += numbering.range(of: axis) ?? 0..<0 }
    for axis in rules.frozenAxes + contradictions.flatMap({ numbering.axes(standingFor: $0.axis) }) {
      for element in numbering.range(of: axis) ?? 0..<0 { isFrozen[sets.find(element)] = true }
    }
    for rule in rules.rules {
      for balanced in rule.axes.balanced {
        guard let range = numbering.range(of: rule.node.value(balanced.axis)) else { continue }
        balance(range, parts: balanced.parts)
      }
    }
  }

  private mutating func join(
    _ ties: [AxisTie], of rule: DependencyRules.NodeRule, _ numbering: ElementNumbering
  ) {
    for tie in ties {
      let (from, to) = (rule.node.value(tie.from), rule.node.value(tie.to))
      guard let source = numbering.range(of: from), let target = numbering.range(of: to),
        tie.reach(source.count) <= target.count
      else {
        freeze(from, to, rule)
        continue
      }
      for index in 0..<source.count {
        for element in tie.elements(of: index) { sets.join(source.lowerBound + index, target.lowerBound + element) }
      }
    }
  }

  /// Joins elements with those that they are picked from.
  private mutating func join(
    _ selection: AxisSelection, of rule: DependencyRules.NodeRule, _ numbering: ElementNumbering
  ) {
    let (from, to) = (rule.node.value(selection.from), rule.node.value(selection.to))
    guard let picked = numbering.range(of: from), let source = numbering.range(of: to),
      picked.count == selection.elements.count, selection.elements.allSatisfy({ source.count > $0 && $0 >= 0 })
    else { return freeze(from, to, rule) }
    for (element, origin) in zip(picked, selection.elements) { sets.join(element, source.lowerBound + origin) }
  }

  /// Joins the elements of two axes that have the same digit.
  private mutating func join(
    _ factor: AxisFactor, of rule: DependencyRules.NodeRule, _ numbering: ElementNumbering
  ) {
    let axes = [factor.source, factor.target].map { rule.node.value($0.axis) }
    guard let source = numbering.range(of: axes[0]), let target = numbering.range(of: axes[1]),
      source.count % (factor.size * factor.source.block) == 0, target.count % (factor.size * factor.target.block) == 0
    else { return freeze(axes[0], axes[1], rule) }
    for (range, block) in [(source, factor.source.block), (target, factor.target.block)] {
      for (position, element) in range.enumerated() {
        sets.join(element, source.lowerBound + position / block % factor.size * factor.source.block)
      }
    }
  }

  private mutating func freeze(_ first: ValueAxis, _ second: ValueAxis, _ rule: DependencyRules.NodeRule) {
    for (axis, other) in [(first, second), (second, first)] {
      let reason = "goes by a rule that ties it to axis \(other.axis) of \"\(other.value)\", whose size does not fit"
      contradictions.append((axis, FrozenReason(culprit: rule.culprit, reason: reason)))
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
  /// The axes that nodes freeze.
  fileprivate var frozenAxes: [ValueAxis] { frozenReasons.flatMap { numbering.axes(standingFor: $0.axis) } }

  /// The axes normalised over, with the nodes that do so, in node order.
  var normalizations: [(axis: ValueAxis, node: Node)] {
    rules.flatMap { rule in rule.axes.normalized.map { (rule.node.value($0), rule.node) } }
  }

  /// The frozen axes, with reasons: inputs and outputs first, then nodes in order.
  var frozenReasons: [(axis: ValueAxis, reason: FrozenReason)] {
    frozen
      + rules.flatMap { rule in
        rule.axes.frozen.map {
          (rule.node.value($0.axis), FrozenReason(culprit: rule.culprit, reason: $0.reason))
        }
      }
  }
}
