import EspalierOperators

/// A connected set of axes whose elements are removed together: the channels of a convolution and everything that
/// depends on them.
package struct PruningGroup: Hashable, Sendable {
  /// The reach of a group.
  package enum Scope: String, Hashable, Sendable, CaseIterable {
    /// Between two layers of one block, as in the paper.
    case inner
    /// Also coupled with other layers by additions of branches, or internally by a normalisation.
    case all
  }

  /// What the units are in a product of two computed values, as of queries with keys or of weights with values.
  enum AttentionPart: Hashable, Sendable {
    /// Products that are independent of each other.
    case heads
    /// Rows, columns, or what is summed over.
    case width
  }

  /// The identifier of the group for users, after the layer that produces its units.
  package private(set) var id: String
  /// The number of units.
  package let size: Int
  /// The smallest scope the group belongs to.
  package let scope: Scope
  /// For each axis of the group, the positions that belong to each unit.
  package let elements: [ValueAxis: [[Int]]]
  /// The layers whose outputs the units are.
  package let producers: [WeightedContraction]
  /// The layers that sum over the units.
  package let consumers: [WeightedContraction]
  /// The products of two computed values that sum over the units, as products of queries and keys do.
  let products: [WeightedContraction]
  /// The nodes that take statistics over the units; after pruning, over the kept units.
  package let normalizations: [UnitNormalization]
  /// What the units are in products of two computed values; `nil` if they are in none.
  let part: AttentionPart?
  /// The reason why the group cannot be pruned; `nil` if it can.
  package let frozen: FrozenReason?

  /// Whether the units are attention heads: parts of the products of queries with keys and of weights with values that
  /// are independent of each other.
  package var isAttention: Bool { part == .heads }

  /// All that sums over the units: layers with weights, then products of values.
  var readers: [WeightedContraction] { consumers + products }

  /// Whether units can be removed.
  package var isPrunable: Bool { frozen == nil }

  /// Whether units are channels of activation maps, made or read by a convolution.
  package var isConvolutional: Bool { consumers.contains { $0.activationRank > 2 && $0.activation.axis == 1 } }

  /// Whether the units are the hidden units of a feed-forward block: written and read by dense layers at every position
  /// of a sequence.
  package var isFeedForward: Bool {
    scope == .inner && part == nil && !isConvolutional && !consumers.isEmpty
      && consumers.allSatisfy { $0.activationRank > 2 }
  }

  /// The role of the units in a transformer: `heads`, `ffn`; `nil` for other groups.
  package var kind: String? { isAttention ? "heads" : isFeedForward ? "ffn" : nil }

  /// The number of channels of a unit on the narrowest axis that a layer writes or reads, the mean if units differ: 1
  /// in most networks, the number of groups in front of a grouped convolution, the width of a head for heads.
  var channelsPerUnit: Double {
    let axes = producers.map(\.outputAxis) + consumers.map(\.activation)
    let widths = Set(axes).compactMap { elements[$0]?.reduce(0) { $0 + $1.count } }
    return Double(widths.min() ?? size) / Double(size)
  }

  /// The group as a chain of dependencies: `fc1.weight[0] => fc1.bias[0] => fc2.weight[1]`.
  package var chain: String { members.joined(separator: " => ") }

  /// The parameters that lose elements with a unit, producers first.
  package let members: [String]

  /// The same group under another name.
  func renamed(_ id: String) -> PruningGroup {
    var group = self
    group.id = id
    return group
  }
}
