/// The state of a method: the iterate, the one before it, and how many steps led here. A value.
public struct Iterate: Hashable, Sendable {
  /// The coefficients x_t: one for each feature and, if there is one, the intercept last.
  public internal(set) var current: [Double]
  /// The coefficients x_(t-1).
  public internal(set) var previous: [Double]
  /// The number t of steps.
  public internal(set) var steps: Int
  /// By what the last step contracted at least, which damps the next one's momentum (`MomentumDamping`); 1 if it is not asked for.
  public internal(set) var contraction = 1.0

  /// The start of a method: `x_0 = x_-1 = point`.
  public init(at point: [Double]) {
    current = point
    previous = point
    steps = 0
  }

  /// The start at 0, for examples of `dimension` coefficients.
  public init(dimension: Int) {
    self.init(at: [Double](repeating: 0, count: dimension))
  }

  /// Without its momentum: `x_(t-1) = x_t`.
  public var atRest: Iterate {
    var iterate = self
    iterate.previous = current
    iterate.contraction = 1
    return iterate
  }
}
