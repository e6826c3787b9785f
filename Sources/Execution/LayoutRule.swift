/// In which order a backend's kernel for a node wants its operands to lie.
///
/// A node has one order, in which all its operands lie but those named here; values for which the order does not matter fit
/// any.
public struct LayoutRule: Hashable, Sendable {
  /// Which order that may be.
  public enum Choice: Hashable, Sendable {
    /// Row-major.
    case plain
    /// Channels last.
    case channelsLast
    /// Either, whatever the operands are in.
    case any
  }

  /// Which order the node may have.
  public var choice: Choice
  /// The inputs that lie in plain order all the same: weights.
  public var plainInputs: Set<Int>
  /// The outputs that lie in plain order all the same.
  public var plainOutputs: Set<Int>

  /// A rule of these parts.
  public init(_ choice: Choice, plainInputs: Set<Int> = [], plainOutputs: Set<Int> = []) {
    self.choice = choice
    self.plainInputs = plainInputs
    self.plainOutputs = plainOutputs
  }
}
