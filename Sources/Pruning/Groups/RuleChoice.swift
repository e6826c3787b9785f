import EspalierFiles
import EspalierOperators

extension DependencyRules {
  /// For each node, which of its rules holds: the first unless another gives more units that can be pruned.
  ///
  /// A node that has a choice, and whose first rule freezes an axis of units (a reshape that merges axes in front of a transposition
  /// does), tries its other rules, in the order of the nodes. A rule is taken if it raises the number of prunable units, or leaves it and
  /// lowers the number of axes that are frozen for the sake of such choices: several shuffles in a row must all be taken the other
  /// way before any unit is free. Where no rule helps alone, two nodes that stand in the way one soon after the other are tried together:
  /// a reshape that merges samples with heads is of use only with the one that takes them apart again.
  ///
  /// Complexity: a partition for each rule, and each pair, that is tried; none where no choice stands in the way.
  func choice() throws(EspalierError) -> [Int] {
    var choice = Array(repeating: 0, count: rules.count)
    var best: Standing?
    for (position, rule) in rules.enumerated() where rule.options.count > 1 {
      let standing = if let best { best } else { try Standing(self, choosing: choice) }
      best = standing
      guard standing.hindering.contains(position) else { continue }
      for option in rule.options.indices.dropFirst() {
        var other = choice
        other[position] = option
        let tried = try Standing(self, choosing: other)
        if tried > best! { (best, choice) = (tried, other) }
      }
    }
    guard let best else { return choice }
    return try choiceOfPairs(from: choice, best)
  }

  /// How many nodes that stand in the way, behind the first of a pair, may be the second.
  private static let reach = 3

  private func choiceOfPairs(from start: [Int], _ standing: Standing) throws(EspalierError) -> [Int] {
    var (choice, best) = (start, standing)
    let open = best.hindering.sorted()
    for (place, first) in open.enumerated() {
      for second in open[(place + 1)...].prefix(Self.reach) {
        guard best.hindering.contains(first), best.hindering.contains(second) else { continue }
        for options in pairsOfOptions(first, second) {
          var other = choice
          (other[first], other[second]) = options
          let tried = try Standing(self, choosing: other)
          if tried > best { (best, choice) = (tried, other) }
        }
      }
    }
    return choice
  }

  private func pairsOfOptions(_ first: Int, _ second: Int) -> [(Int, Int)] {
    rules[first].options.indices.dropFirst().flatMap { one in
      rules[second].options.indices.dropFirst().map { (one, $0) }
    }
  }
}

/// What can be pruned when nodes follow some of their rules.
private struct Standing {
  /// How many units lie between layers and are free.
  private var prunable = 0
  /// How many axes that nodes with a choice freeze are made or read by layers.
  private var hindrances = 0
  /// The nodes that freeze them.
  private(set) var hindering: Set<Int> = []

  init(_ rules: DependencyRules, choosing choice: [Int]) throws(EspalierError) {
    var partition = try DependencyPartition(rules, choosing: choice)
    let numbering = rules.numbering
    var isMade = Array(repeating: false, count: numbering.count)
    var isRead = isMade
    for layer in rules.contractions {
      for element in numbering.range(of: layer.outputAxis) ?? 0..<0 { isMade[partition.unit(of: element)] = true }
      for element in numbering.range(of: layer.activation) ?? 0..<0 { isRead[partition.unit(of: element)] = true }
    }
    prunable = isMade.indices.count { isMade[$0] && isRead[$0] && !partition.isFrozen[$0] }
    for (position, rule) in rules.rules.enumerated() where rule.options.count > 1 {
      for frozen in rule.options[choice[position]].frozen {
        let range = numbering.range(of: rule.node.value(frozen.axis)) ?? 0..<0
        guard
          range.contains(where: { element in
            let unit = partition.unit(of: element)
            return isMade[unit] || isRead[unit]
          })
        else { continue }
        hindrances += 1
        hindering.insert(position)
      }
    }
  }

  static func > (first: Standing, second: Standing) -> Bool {
    (first.prunable, -first.hindrances) > (second.prunable, -second.hindrances)
  }
}
