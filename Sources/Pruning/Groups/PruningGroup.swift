import EspalierOperators

/// A connected set of axes whose elements are removed together: the channels of a convolution with everything that depends on
/// them.
package struct PruningGroup: Hashable, Sendable {
  /// How far a group reaches.
  package enum Scope: String, Hashable, Sendable, CaseIterable {
    /// Between two layers of one block, as in the paper.
    case inner
    /// Also coupled with other layers through additions of branches, or with each other through a normalisation.
    case all
  }

  /// How users name the group: after the layer that makes its units.
  package private(set) var id: String
  /// How many units there are.
  package let size: Int
  /// The smallest scope the group belongs to.
  package let scope: Scope
  /// For each axis of the group, the positions that belong to each unit.
  package let elements: [ValueAxis: [[Int]]]
  /// The layers whose outputs the units are.
  package let producers: [WeightedContraction]
  /// The layers that sum over the units.
  package let consumers: [WeightedContraction]
  /// The nodes that take statistics over the units: what is left is normalised by its own.
  package let normalizations: [UnitNormalization]
  /// Whether the units are heads: parts of what attention multiplies queries by keys and weights by values for.
  package let isAttention: Bool
  /// Why the group must stay whole; `nil` if it can be pruned.
  package let frozen: FrozenReason?

  /// Whether units can be removed.
  package var isPrunable: Bool { frozen == nil }

  /// Whether units are channels of activation maps, made or read by a convolution.
  package var isConvolutional: Bool { consumers.contains { $0.activationRank > 2 && $0.activation.axis == 1 } }

  /// Whether the units are the hidden ones of a feed-forward block: made and read by dense layers at every place of a sequence.
  package var isFeedForward: Bool {
    scope == .inner && !isAttention && !isConvolutional && !consumers.isEmpty
      && consumers.allSatisfy { $0.activationRank > 2 }
  }

  /// What the units are in a transformer: `heads`, `ffn`; `nil` for other groups.
  package var kind: String? { isAttention ? "heads" : isFeedForward ? "ffn" : nil }

  /// How many channels a unit has on the narrowest axis that a layer makes or reads of it, the mean where units differ:
  /// 1 in most networks, as many as groups in front of a grouped convolution, the width of a head where units are
  /// heads.
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
