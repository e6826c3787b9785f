/// The known signs of an operator's outputs.
package enum Sign: Hashable, Sendable {
  /// Unknown.
  case unknown
  /// Never negative.
  case nonnegative
  /// Nonnegative if all single precision inputs are.
  case preserved
}
