/// How the axes of a node's inputs and outputs depend on each other, for pruning.
///
/// Removing an element of one axis is only possible together with the elements it is tied to. An axis that a rule does not
/// mention depends on nothing at this node.
package struct AxisRule: Hashable, Sendable {
  /// Which elements of which axes live and die together.
  package var ties: [AxisTie]
  /// Axes none of whose elements may be removed, and why.
  package var frozen: [FrozenAxis]
  /// Axes whose parts must stay of equal sizes.
  package var balanced: [BalancedAxis]
  /// Axes whose neighbouring elements go together in blocks.
  package var blocks: [AxisBlocks]
  /// Axes that the node takes statistics over, as a layer normalisation does: they may lose elements, but then what is left comes out
  /// as if the others had never been.
  package var normalized: [PortAxis]
  /// Axes that the node sums over with weights: where a group's consumers are found.
  package var contractions: [Contraction]
  /// Whether the node merges branches of computed values, as a residual addition does.
  package var couplesBranches: Bool
  /// Whether the node multiplies two computed values and sums over an axis of both, as attention does with queries and keys.
  package var multipliesValues = false
  /// Other rules that are as true as this one, as different elements may be taken for units; one of all holds.
  package var alternatives: [AxisRule]

  /// A rule of these parts.
  package init(
    ties: [AxisTie] = [], frozen: [FrozenAxis] = [], balanced: [BalancedAxis] = [], blocks: [AxisBlocks] = [],
    normalized: [PortAxis] = [], contractions: [Contraction] = [], couplesBranches: Bool = false,
    alternatives: [AxisRule] = []
  ) {
    self.ties = ties
    self.frozen = frozen
    self.balanced = balanced
    self.blocks = blocks
    self.normalized = normalized
    self.contractions = contractions
    self.couplesBranches = couplesBranches
    self.alternatives = alternatives
  }
}

extension AxisRule {
  /// Ties every axis of input `position` to the same axis of the output, but those in `except`: what element-wise operators do.
  package static func identity(rank: Int, input position: Int = 0, except: Set<Int> = []) -> AxisRule {
    AxisRule(
      ties: (0..<rank).filter { !except.contains($0) }.map {
        AxisTie(PortAxis(.input(position), $0), PortAxis(.output(0), $0))
      })
  }
}
