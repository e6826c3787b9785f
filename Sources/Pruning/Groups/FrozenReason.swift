/// What keeps a group whole.
public struct FrozenReason: Hashable, Sendable, CustomStringConvertible {
  /// The operator, input or output that does.
  public var culprit: String
  /// Why.
  public var reason: String

  /// As in `Softmax "prob" normalises over it`.
  public var description: String { "\(culprit) \(reason)" }
}
