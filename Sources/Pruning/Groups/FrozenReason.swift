/// What keeps a group whole.
package struct FrozenReason: Hashable, Sendable, CustomStringConvertible {
  /// The operator, input or output that does.
  package var culprit: String
  /// Why.
  package var reason: String

  /// As in `Softmax "prob" normalises over it`.
  package var description: String { "\(culprit) \(reason)" }
}
