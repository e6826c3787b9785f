/// The exact cost of a network for any widths of its groups, without building it.
///
/// A layer's operations and a tensor's elements are products over axes, and an axis loses the elements of the units
/// that are dropped:
///
///     cost(n) = sum over terms t of  c_t  product over axes a of t of (1 - sum over groups g on a of s_ag d_g)
///
/// with `d_g = 1 - n_g / N_g` the fraction of units dropped from group g, `s_ag` the share of axis a that belongs to g,
/// and `c_t` the dense cost. Terms with the same axes are added up once. Where units of one group differ in size, a
/// unit counts as the mean.
package struct CostModel: Sendable {
  /// The cost of a network in what budgets limit.
  package struct Cost: Hashable, Sendable {
    /// Multiply-accumulate operations for one sample.
    package var macs = 0.0
    /// Floating point numbers stored.
    package var parameters = 0.0
    /// Bytes stored.
    package var bytes = 0.0

    /// The cost that budgets of `kind` limit; latency is not known to the model, which gives its operations instead.
    package subscript(_ kind: Budget.Kind) -> Double {
      switch kind {
      case .macs, .latency: macs
      case .parameters: parameters
      case .bytes: bytes
      }
    }

    static func + (first: Self, second: Self) -> Self {
      Self(
        macs: first.macs + second.macs, parameters: first.parameters + second.parameters,
        bytes: first.bytes + second.bytes)
    }

    static func * (cost: Self, factor: Double) -> Self {
      Self(macs: cost.macs * factor, parameters: cost.parameters * factor, bytes: cost.bytes * factor)
    }
  }

  /// The share of one axis that belongs to one group.
  struct Share: Hashable {
    let group: Int
    let fraction: Double
  }

  /// The axes of a term, each with the groups on it.
  typealias Axes = [[Share]]

  /// The number of units of each group.
  package let sizes: [Int]
  private let terms: [(axes: Axes, cost: Cost)]
  private let termsOfGroup: [[Int]]

  /// A model of groups of these sizes.
  init(sizes: [Int], terms: [Axes: Cost]) {
    self.sizes = sizes
    // In an order of their own: sums in floating point follow it.
    self.terms = terms.map { (axes: $0.key, cost: $0.value) }.sorted { first, second in
      let (a, b) = (first.cost, second.cost)
      return (a.macs, a.parameters, a.bytes, "\(first.axes)") < (b.macs, b.parameters, b.bytes, "\(second.axes)")
    }
    var termsOfGroup = sizes.map { _ in [Int]() }
    for (index, term) in self.terms.enumerated() {
      for group in Set(term.axes.joined().map(\.group)) { termsOfGroup[group].append(index) }
    }
    self.termsOfGroup = termsOfGroup
  }

  /// The cost of the dense network.
  package var dense: Cost { cost(of: sizes) }

  /// The cost with `counts[g]` units of group g. Complexity: O(terms).
  package func cost(of counts: [Int]) -> Cost {
    let cost = terms.indices.reduce(Cost()) { $0 + self.cost(ofTerm: $1, counts) }
    return Cost(macs: cost.macs.rounded(), parameters: cost.parameters.rounded(), bytes: cost.bytes.rounded())
  }

  /// The cost that goes if `group` is narrowed to `count` units. Complexity: O(terms of the group).
  func saving(_ group: Int, to count: Int, from counts: [Int]) -> Cost {
    var narrowed = counts
    narrowed[group] = count
    return termsOfGroup[group].reduce(Cost()) {
      $0 + cost(ofTerm: $1, counts) + cost(ofTerm: $1, narrowed) * -1
    }
  }

  private func cost(ofTerm index: Int, _ counts: [Int]) -> Cost {
    let term = terms[index]
    var factor = 1.0
    for axis in term.axes {
      factor *= axis.reduce(1) { left, share in
        left - share.fraction * (1 - Double(counts[share.group]) / Double(sizes[share.group]))
      }
    }
    return term.cost * factor
  }
}
