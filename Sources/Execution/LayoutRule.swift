/// The memory order in which a backend's kernel for a node takes its operands.
///
/// All operands have the same order except those listed here as plain; values for which the order makes no difference
/// fit any.
package struct LayoutRule: Hashable, Sendable {
  /// The orders a node can take.
  package enum Choice: Hashable, Sendable {
    /// Row-major.
    case plain
    /// Channels last.
    case channelsLast
    /// Either order: the kernel follows its operands.
    case any
  }

  /// The orders the node can take.
  package var choice: Choice
  /// The inputs that are always in plain order: weights.
  package var plainInputs: Set<Int>
  /// The outputs that are always in plain order.
  package var plainOutputs: Set<Int>

  /// A rule of these parts.
  package init(_ choice: Choice, plainInputs: Set<Int> = [], plainOutputs: Set<Int> = []) {
    self.choice = choice
    self.plainInputs = plainInputs
    self.plainOutputs = plainOutputs
  }
}
