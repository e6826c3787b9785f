import EspalierFiles
import EspalierOperators

extension DependencyRules {
  /// For each node, the index of the rule to use: the first unless another makes more units prunable.
  ///
  /// A node whose first rule freezes an axis of units, as a reshape that merges axes in front of a transposition does,
  /// has its other rules tried, in node order. A rule is taken if it raises the number of prunable units, or keeps that
  /// number and lowers the number of axes frozen by nodes with alternatives: several shuffles in a row must all be
  /// changed before any unit is free. Where no single rule helps, two such nodes at a short distance are tried
  /// together: a reshape that merges samples with heads needs the one that separates them again.
  ///
  /// Complexity: one partition for each rule, and each pair, that is tried; none if no node with alternatives freezes
  /// units.
  func choice() throws(EspalierError) -> [Int] {
    var choice = Array(repeating: 0, count: rules.count)
    var best: ChoiceScore?
    for (position, rule) in rules.enumerated() where rule.options.count > 1 {
      let score = if let best { best } else { try ChoiceScore(self, choosing: choice) }
      best = score
      guard score.hindering.contains(position) else { continue }
      for option in rule.options.indices.dropFirst() {
        var other = choice
        other[position] = option
        let tried = try ChoiceScore(self, choosing: other)
        if tried > best! { (best, choice) = (tried, other) }
      }
    }
    guard let best else { return choice }
    return try choiceOfPairs(from: choice, best)
  }

  /// The number of freezing nodes, behind the first of a pair, that are tried as the second.
  private static let reach = 3

  private func choiceOfPairs(from start: [Int], _ score: ChoiceScore) throws(EspalierError) -> [Int] {
    var (choice, best) = (start, score)
    let open = best.hindering.sorted()
    for (place, first) in open.enumerated() {
      for second in open[(place + 1)...].prefix(Self.reach) {
        guard best.hindering.contains(first), best.hindering.contains(second) else { continue }
        for options in pairsOfOptions(first, second) {
          var other = choice
          (other[first], other[second]) = options
          let tried = try ChoiceScore(self, choosing: other)
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

/// The prunable and frozen units under one choice of rules.
private struct ChoiceScore {
  /// The number of free units between layers.
  private var prunable = 0
  /// The number of axes written or read by layers that nodes with alternatives freeze.
  private var hindrances = 0
  /// The nodes that freeze these axes.
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

  static func > (first: ChoiceScore, second: ChoiceScore) -> Bool {
    (first.prunable, -first.hindrances) > (second.prunable, -second.hindrances)
  }
}
