/// What became of budgets: what was asked for and reached, and which way to share it out was kept.
package struct BudgetOutcome: Sendable, Codable {
  /// One budget.
  package struct Entry: Hashable, Sendable, Codable {
    /// What is limited.
    package let kind: String
    /// The limit in units of the kind; the fraction of the dense network's for latency.
    package let asked: Double
    /// The cost reached; `nil` for latency, which is measured with the result.
    package let reached: Double?
  }

  /// One way to share out the budget.
  package struct Choice: Hashable, Sendable, Codable {
    /// The rule.
    package let rule: BudgetPlanner.Rule
    /// The divergence at the outputs.
    package let divergence: Double
  }

  /// The budgets.
  package let entries: [Entry]
  /// The ways that were pruned and compared, the one that was kept first; empty if the network was trained meanwhile.
  package let choices: [Choice]
  /// Whether they were compared on inputs held out, rather than on the calibration inputs.
  package let isHeldOut: Bool
  /// The number of samples on which size-error curves were measured.
  package let curveSamples: Int
  /// The number of prunings that a search for a fidelity took; `nil` without one.
  package let prunings: Int?

  /// Which budgets leave something over, each in a sentence.
  package var warnings: [String] {
    let unfilled = entries.filter { entry in entry.reached.map { $0 < Budget.tolerance * entry.asked } ?? false }
    guard let nearest = unfilled.max(by: { $0.use < $1.use }), entries.allSatisfy({ $0.use < Budget.tolerance })
    else { return excess }
    return excess + [
      "the budget of \(Int(nearest.asked)) \(nearest.kind) is not used up: \(Int(nearest.reached ?? 0)) is the "
        + "nearest possible, because the next wider network that widths, floors and pins allow would exceed it"
    ]
  }

  private var excess: [String] {
    entries.filter { $0.use > 1 }.map { entry in
      "the budget of \(Int(entry.asked)) \(entry.kind) is exceeded: the network takes \(Int(entry.reached ?? 0)), "
        + "because the units that were kept are larger than others of their group"
    }
  }
}

extension BudgetOutcome.Entry {
  /// The share of the budget that is used; 1 for latency.
  fileprivate var use: Double { reached.map { $0 / asked } ?? 1 }
}
