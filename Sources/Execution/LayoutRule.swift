/// In which order a backend's kernel for a node wants its operands to lie.
///
/// A node has one order, in which all its operands lie but those named here; values for which the order does not matter fit
/// any.
package struct LayoutRule: Hashable, Sendable {
  /// Which order that may be.
  package enum Choice: Hashable, Sendable {
    /// Row-major.
    case plain
    /// Channels last.
    case channelsLast
    /// Either, whatever the operands are in.
    case any
  }

  /// Which order the node may have.
  package var choice: Choice
  /// The inputs that lie in plain order all the same: weights.
  package var plainInputs: Set<Int>
  /// The outputs that lie in plain order all the same.
  package var plainOutputs: Set<Int>

  /// A rule of these parts.
  package init(_ choice: Choice, plainInputs: Set<Int> = [], plainOutputs: Set<Int> = []) {
    self.choice = choice
    self.plainInputs = plainInputs
    self.plainOutputs = plainOutputs
  }
}
