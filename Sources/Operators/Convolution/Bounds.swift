/// The two numbers that a result is held between.
public struct Bounds: Hashable, Sendable {
  /// The smallest result.
  public var least: Float
  /// The largest result.
  public var greatest: Float

  /// Results between `least` and `greatest`.
  public init(least: Float, greatest: Float) {
    (self.least, self.greatest) = (least, greatest)
  }

  /// The bounds that hold nothing back.
  public static let none = Bounds(least: -.infinity, greatest: .infinity)
}
