import EspalierFiles
import EspalierOperators

extension DependencyRules {
  /// The same rules with the factors chosen that lose elements at each reshape.
  ///
  /// Of the factors of an axis only one can lose elements, and one name is chosen for a whole network
  /// (``FactorNames``), so that all reshapes between two layers free the same. Candidates are the names that layers
  /// make and read and that nothing freezes. Of two candidates on one axis, in this order, the one that
  ///
  /// 1. counts attention heads,
  /// 2. is normalised over: groups of channels are thinned out rather than removed,
  /// 3. is outermost on more axes,
  /// 4. has more values, as the channels of a shuffle have
  ///
  /// is chosen. One of which no unit turns out to be free, because of what else the units reach, gives way.
  ///
  /// - Complexity: one partition for each time that a choice gives way; none without reshapes.
  func choosingFactors() -> DependencyRules {
    guard rules.contains(where: { !$0.axes.regroupings.isEmpty }) else { return self }
    var candidates = FactorCandidates(self)
    var idle: Set<Int> = []
    while true {
      let chosen = candidates.chosen(without: idle)
      let settled = choosing(candidates.freeFactors(chosen, self))
      let contested = chosen.filter { !candidates.rivals[$0, default: []].isEmpty }
      guard !contested.isEmpty else { return settled }
      let more = settled.idle(contested.map { ($0, candidates.elements(of: $0)) })
      if more.isEmpty { return settled }
      idle.formUnion(more)
      let hopeless = idle.filter { candidates.rivals[$0, default: []].isSubset(of: idle) }
      if !hopeless.isEmpty {
        idle.subtract(hopeless)
        return choosing(candidates.freeFactors(candidates.chosen(without: idle), self))
      }
    }
  }

  /// Those names of `chosen`, each with an element for each of its values, that are not in two free units between
  /// layers.
  private func idle(_ chosen: [(name: Int, elements: [Int])]) -> Set<Int> {
    var partition = DependencyPartition(self)
    var isMade = Array(repeating: false, count: numbering.count)
    var isRead = isMade
    for layer in contractions {
      for element in numbering.range(of: layer.outputAxis) ?? 0..<0 { isMade[partition.unit(of: element)] = true }
    }
    for reader in contractions + products {
      for element in numbering.range(of: reader.activation) ?? 0..<0 { isRead[partition.unit(of: element)] = true }
    }
    var idle: Set<Int> = []
    for (name, elements) in chosen {
      let units = Set(elements.map { partition.unit(of: $0) })
      if units.count(where: { isMade[$0] && isRead[$0] && !partition.isFrozen[$0] }) < 2 { idle.insert(name) }
    }
    return idle
  }
}

/// The names of factors that layers make and read and nothing freezes.
private struct FactorCandidates {
  private var names: FactorNames
  /// The candidates, best first.
  private var ordered: [Int] = []
  private var isFrozen: Set<Int> = []
  /// The candidates that share an axis with each.
  private(set) var rivals: [Int: Set<Int>] = [:]
  private var sample: [Int: Int] = [:]

  init(_ rules: DependencyRules) {
    names = FactorNames(rules)
    let traits = FactorTraits(rules, &names)
    isFrozen = traits.frozen
    var lead: [Int: Int] = [:]
    for atoms in names.divided {
      let own = atoms.map { names.name(of: $0) }
      for (name, atom) in zip(own, atoms) where sample[name] == nil { sample[name] = atom }
      let candidates = own.filter(traits.candidates.contains)
      // A name that occurs twice on an axis, as the side of a square may, cannot lose elements.
      guard Set(candidates).count == candidates.count else {
        isFrozen.formUnion(candidates.filter { name in candidates.count { $0 == name } > 1 })
        continue
      }
      for (rank, name) in candidates.enumerated() {
        lead[name, default: 0] += rank == 0 ? 1 : -1
        rivals[name, default: []].formUnion(candidates.filter { $0 != name })
      }
    }
    let isFrozen = isFrozen
    ordered = lead.keys.filter { !isFrozen.contains($0) }.sorted { one, other in
      func key(_ name: Int) -> (Int, Int, Int, Int, Int) {
        (
          traits.heads.contains(name) ? 0 : 1, traits.normalized.contains(name) ? 0 : 1, -lead[name]!,
          -names.size(sample[name]!), sample[name]!
        )
      }
      return key(one) < key(other)
    }
  }

  /// The best candidates of which no two share an axis, without those in `idle`.
  func chosen(without idle: Set<Int>) -> [Int] {
    var chosen: Set<Int> = []
    return ordered.filter { name in
      guard !idle.contains(name), rivals[name, default: []].isDisjoint(with: chosen) else { return false }
      chosen.insert(name)
      return true
    }
  }

  /// One element for each value of a name.
  func elements(of name: Int) -> [Int] { names.elements(of: sample[name]!) }

  /// The factors that lose elements at each regrouping of each node, if those of the `chosen` names do.
  mutating func freeFactors(_ chosen: [Int], _ rules: DependencyRules) -> [[Set<Int>]] {
    let chosen = Set(chosen)
    return rules.rules.map { rule in
      rule.axes.regroupings.map { regrouping in
        var (preferred, last): (Set<Int>, Set<Int>) = ([], [])
        for (place, factor) in regrouping.factors.enumerated() {
          let atoms = names.atoms(of: factor.source, size: factor.size, rule.node.value)
          let own = atoms.map { names.name(of: $0) }
          if own.contains(where: chosen.contains) { preferred.insert(place) }
          if own.allSatisfy(isFrozen.contains) { last.insert(place) }
        }
        return regrouping.free(preferring: preferred, last: last)
      }
    }
  }
}

/// What is known of names from the nodes whose axes they are on.
private struct FactorTraits {
  /// Names that nothing freezes, and that are linked to axes that layers write and to axes that layers read.
  private(set) var candidates: Set<Int> = []
  private(set) var frozen: Set<Int> = []
  private(set) var heads: Set<Int> = []
  private(set) var normalized: Set<Int> = []

  init(_ rules: DependencyRules, _ names: inout FactorNames) {
    func named(_ atoms: some Sequence<Int>, _ names: inout FactorNames) -> [Int] { atoms.map { names.name(of: $0) } }
    for (axis, _) in rules.frozenReasons { frozen.formUnion(named(names.atoms(of: axis), &names)) }
    for rule in rules.rules {
      for axis in rule.axes.normalized.map(rule.node.value) {
        normalized.formUnion(named(names.atoms(of: axis), &names))
      }
      // Parts of equal size cannot be removed, nor can elements of blocks.
      for balanced in rule.axes.balanced {
        let atoms = names.atoms(of: rule.node.value(balanced.axis))
        frozen.formUnion(named(names.outermost(balanced.parts, of: atoms), &names))
      }
      for blocks in rule.axes.blocks {
        let atoms = names.atoms(of: rule.node.value(blocks.axis))
        frozen.formUnion(named(names.innermost(blocks.size, of: atoms), &names))
      }
    }
    for axis in rules.heads { heads.formUnion(named(names.atoms(of: axis), &names)) }
    var linked = DisjointSets(count: names.atomCount)
    for atom in 0..<names.atomCount { linked.join(atom, names.name(of: atom)) }
    for rule in rules.rules {
      let parts = rule.axes.ties.filter { !$0.isElementwise }.map { [$0.from, $0.to] }
      for axes in parts + rule.axes.selections.map({ [$0.from, $0.to] }) {
        let atoms = axes.flatMap { names.atoms(of: rule.node.value($0)) }
        for atom in atoms.dropFirst() { linked.join(atoms[0], atom) }
      }
    }
    func roots(_ axes: [ValueAxis]) -> Set<Int> { Set(axes.flatMap { names.atoms(of: $0) }.map { linked.find($0) }) }
    let isMade = roots(rules.contractions.map(\.outputAxis))
    let isRead = roots((rules.contractions + rules.products).map(\.activation))
    for atom in 0..<names.atomCount {
      let (name, root) = (names.name(of: atom), linked.find(atom))
      if !frozen.contains(name), isMade.contains(root), isRead.contains(root) { candidates.insert(name) }
    }
  }
}

extension FactorNames {
  /// Those of an axis's atoms, innermost first, that tell `parts` parts of it from each other.
  fileprivate func outermost(_ parts: Int, of atoms: Range<Int>) -> [Int] {
    var (left, own): (Int, [Int]) = (parts, [])
    for atom in atoms.reversed() where left > 1 {
      own.append(atom)
      left /= max(size(atom), 1)
    }
    return own
  }

  /// Those of an axis's atoms, innermost first, that tell the elements of blocks of `count` from each other.
  fileprivate func innermost(_ count: Int, of atoms: Range<Int>) -> [Int] {
    var (left, own): (Int, [Int]) = (count, [])
    for atom in atoms where left > 1 {
      own.append(atom)
      left /= max(size(atom), 1)
    }
    return own
  }
}
