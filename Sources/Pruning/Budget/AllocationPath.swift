/// Widths of all groups from the widest network to the narrowest, each no wider in any group than the one before.
///
/// An allocation for a budget is a place on a path that does not depend on the budget's size: so a larger budget never
/// gives a narrower network.
package struct AllocationPath: Sendable {
  /// The widths, group by group, widest network first.
  package let states: [[Int]]

  /// The path that always gives up what costs least: from the widest network, the step with the smallest ratio of
  /// error gained to cost saved, again and again.
  ///
  /// Each curve is convex, so for costs that add up over groups every state minimises the sum of errors among networks
  /// of its cost (a greedy on the lower convex hulls: B. Fox, 1966); as products of widths do not add up, savings are
  /// those of the present state.
  ///
  /// - Parameter kinds: The costs that are saved, each relative to the dense network's, added up.
  /// - Complexity: O(steps x groups x terms of a group).
  package init(minimizing groups: [AllocationGroup], _ model: CostModel, kinds: Set<Budget.Kind>) {
    let dense = model.dense
    let weights = kinds.sorted { $0.rawValue < $1.rawValue }.map { ($0, 1 / max(dense[$0], 1)) }
    var counts = groups.map(\.ceiling)
    var states = [counts]
    while true {
      var best: (group: Int, count: Int, price: Double)?
      for (index, group) in groups.enumerated() {
        guard let count = group.narrower(than: counts[index]) else { continue }
        let saving = model.saving(index, to: count, from: counts)
        let saved = weights.reduce(0) { $0 + saving[$1.0] * $1.1 }
        guard saved > 0 else { continue }
        let price = (group.curve[count] - group.curve[counts[index]]) / saved
        if price < best?.price ?? .infinity { best = (index, count, price) }
      }
      guard let step = best else { break }
      counts[step.group] = step.count
      states.append(counts)
    }
    self.states = states
  }

  /// The path on which every group keeps the same part of `fractions[g]` of its units, to a step; ones for uniform
  /// widths.
  ///
  /// - Complexity: O(groups x sizes of the widest group).
  package init(scaling fractions: [Double], of groups: [AllocationGroup]) {
    let smallest = fractions.min() ?? 1
    let steps = 2 * (groups.map(\.size).max() ?? 1)
    var states = [groups.map(\.ceiling)]
    for step in stride(from: steps, through: 0, by: -1) {
      let scale = Double(step) / Double(steps) / max(smallest, .leastNormalMagnitude)
      var counts = states[states.count - 1]
      // One group after another, so that states differ by little where groups are alike.
      for (index, group) in groups.enumerated() {
        let count = group.width(of: min(1, fractions[index] * scale))
        guard count < counts[index] else { continue }
        counts[index] = count
        states.append(counts)
      }
    }
    self.states = states
  }
}
