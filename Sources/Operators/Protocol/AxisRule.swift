/// The dependencies between the axes of a node's inputs and outputs, for pruning.
///
/// An element of an axis can only be removed together with the elements it is tied to. An axis that a rule does not
/// mention has no dependencies at this node.
package struct AxisRule: Hashable, Sendable {
  /// The elements that are removed together.
  package var ties: [AxisTie]
  /// Axes of which no element may be removed, with the reason.
  package var frozen: [FrozenAxis]
  /// Axes whose parts must remain equal in size.
  package var balanced: [BalancedAxis]
  /// Axes whose adjacent elements are removed together in blocks.
  package var blocks: [AxisBlocks]
  /// Axes over which the node computes statistics, as a layer normalisation does: they may lose elements, but the
  /// result must be as if those had never existed.
  package var normalized: [PortAxis]
  /// Axes that the node contracts with weights, which make it a consumer of a group.
  package var contractions: [Contraction]
  /// Whether the node merges branches of computed values, as a residual addition does.
  package var couplesBranches: Bool
  /// Whether the node multiplies two computed values and sums over an axis of both, as attention does with queries and
  /// keys.
  package var multipliesValues = false
  /// The axes of the two inputs over which such a product sums, if both inputs have the same batch axes.
  package var summed: ValueProduct?
  /// The axes along which such a product is many products, each of one element of the operands: heads.
  package var heads: [PortAxis] = []
  /// Elements that are removed with others that a node picks them from.
  package var selections: [AxisSelection] = []
  /// Digits of which elements are removed together.
  package var factors: [AxisFactor] = []
  /// Axes that are regrouped, each with a choice of the factors that may lose elements: ``choosing(_:)`` makes it.
  package var regroupings: [Regrouping] = []

  /// A rule of these parts.
  package init(
    ties: [AxisTie] = [], frozen: [FrozenAxis] = [], balanced: [BalancedAxis] = [], blocks: [AxisBlocks] = [],
    normalized: [PortAxis] = [], contractions: [Contraction] = [], couplesBranches: Bool = false
  ) {
    self.ties = ties
    self.frozen = frozen
    self.balanced = balanced
    self.blocks = blocks
    self.normalized = normalized
    self.contractions = contractions
    self.couplesBranches = couplesBranches
  }
}

extension AxisRule {
  /// Ties every axis of input `position`, except those in `except`, to the same axis of the output, as for element-wise
  /// operators.
  package static func identity(rank: Int, input position: Int = 0, except: Set<Int> = []) -> AxisRule {
    AxisRule(
      ties: (0..<rank).filter { !except.contains($0) }.map {
        AxisTie(PortAxis(.input(position), $0), PortAxis(.output(0), $0))
      })
  }
}
