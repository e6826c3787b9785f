/// What is certain of the signs of an operator's outputs.
package enum Sign: Hashable, Sendable {
  /// Nothing.
  case unknown
  /// They are never negative.
  case nonnegative
  /// They are not negative where no input of single precision numbers is.
  case preserved
}
