/// The two numbers that a result is held between.
package struct Bounds: Hashable, Sendable {
  /// The smallest result.
  package var least: Float
  /// The largest result.
  package var greatest: Float

  /// Results between `least` and `greatest`.
  package init(least: Float, greatest: Float) {
    (self.least, self.greatest) = (least, greatest)
  }

  /// The bounds that hold nothing back.
  package static let none = Bounds(least: -.infinity, greatest: .infinity)
}
