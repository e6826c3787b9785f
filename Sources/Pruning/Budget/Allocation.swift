/// The widths of all groups that use up budgets.
package struct Allocation: Hashable, Sendable {
  /// The number of units of each group.
  package let counts: [Int]
  /// The largest share of a budget that is used.
  package let use: Double

  /// Whether a budget is used up, to ``Budget/tolerance``.
  package var isFull: Bool { use >= Budget.tolerance }

  /// The network nearest below the limits on or beside `path`; `nil` if its narrowest exceeds them.
  ///
  /// Candidates are the states of the path, each also with one group widened by at most a step. Widths stay on
  /// multiples of the steps if that uses up a budget; otherwise steps are halved until it does, or are single units;
  /// then two groups are widened. The candidates do not depend on the limits, and later ones include earlier ones, so
  /// the cost of the result never falls as a budget grows.
  ///
  /// - Parameters:
  ///   - limits: The largest cost of each kind; at least one.
  ///   - isRounded: Whether widths stay on multiples of the steps whatever is left over.
  /// - Complexity: O(groups^2 x units of a step x terms); one more factor of groups where two have to be widened.
  package init?(
    of groups: [AllocationGroup], along path: AllocationPath, _ model: CostModel, limits: [Budget.Kind: Double],
    isRounded: Bool = false
  ) {
    var search = WidthSearch(groups: groups, model: model, limits: limits)
    var (low, high) = (0, path.states.count - 1)
    guard high >= 0, search.use(path.states[high]) <= 1 else { return nil }
    while low < high {
      let middle = (low + high) / 2
      if search.use(path.states[middle]) <= 1 { high = middle } else { low = middle + 1 }
    }
    let states = path.states[high...]
    search.widen(states, divisor: 1)
    var divisor = 1
    while !isRounded, !search.isFull, groups.contains(where: { $0.step / divisor > 1 }) {
      divisor *= 2
      search.widen(states, divisor: divisor)
    }
    if !search.isFull { search.widen(states, divisor: isRounded ? 1 : divisor, inPairs: true) }
    (counts, use) = (search.counts, search.best)
  }
}

/// The search for the widths that use up most of a budget, beside the states of a path.
private struct WidthSearch {
  let groups: [AllocationGroup]
  let model: CostModel
  let limits: [Budget.Kind: Double]
  private(set) var counts: [Int] = []
  private(set) var best = 0.0

  init(groups: [AllocationGroup], model: CostModel, limits: [Budget.Kind: Double]) {
    (self.groups, self.model, self.limits) = (groups, model, limits)
  }

  var isFull: Bool { best >= Budget.tolerance }

  /// The largest share of a limit that these widths use.
  func use(_ counts: [Int]) -> Double {
    let cost = model.cost(of: counts)
    return limits.reduce(0) { max($0, cost[$1.key] / $1.value) }
  }

  /// Tries each state and each with one group, or two, widened by up to a step in parts of `1 / divisor`, until no
  /// later state can reach the best.
  mutating func widen(_ states: ArraySlice<[Int]>, divisor: Int, inPairs: Bool = false) {
    for state in states {
      offer(state)
      let reach = use(zip(groups, state).map { min($1 + $0.step, $0.ceiling) })
      if reach < best { break }
      for first in groups.indices {
        for count in widths(of: first, above: state[first], divisor) {
          var widened = state
          widened[first] = count
          guard offer(widened), inPairs else { continue }
          for second in groups.indices.dropFirst(first + 1) {
            var both = widened
            for count in widths(of: second, above: state[second], divisor) {
              both[second] = count
              guard offer(both) else { break }
            }
          }
        }
      }
    }
  }

  /// The widths of `group` by up to a step above `count`.
  private func widths(of group: Int, above count: Int, _ divisor: Int) -> [Int] {
    let (own, most) = (groups[group], min(count + groups[group].step, groups[group].ceiling))
    guard count < most else { return [] }
    let part = max(1, own.step / divisor)
    return Array(stride(from: count + part, to: most, by: part)) + [most]
  }

  /// Keeps `counts` if they are within the limits and use up more than the best; `false` if they exceed the limits.
  @discardableResult
  private mutating func offer(_ counts: [Int]) -> Bool {
    let own = use(counts)
    guard own <= 1 else { return false }
    if own > best || self.counts.isEmpty { (self.counts, best) = (counts, own) }
    return true
  }
}
