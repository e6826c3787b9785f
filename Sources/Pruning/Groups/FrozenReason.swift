/// The reason why a group cannot be pruned.
package struct FrozenReason: Hashable, Sendable, CustomStringConvertible {
  /// The operator, input or output that freezes the group.
  package var culprit: String
  /// The reason, as the end of a sentence that begins with the culprit.
  package var reason: String

  /// For example, `Softmax "prob" normalises over it`.
  package var description: String { "\(culprit) \(reason)" }
}
