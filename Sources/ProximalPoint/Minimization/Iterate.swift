/// The state of a method: the iterate, the one before it, and how many steps led here. A value.
package struct Iterate: Hashable, Sendable {
  /// The coefficients x_t: one for each feature and, if there is one, the intercept last.
  package internal(set) var current: [Double]
  /// The coefficients x_(t-1).
  package internal(set) var previous: [Double]
  /// The number t of steps.
  package internal(set) var steps: Int
  /// By what the last step contracted at least, which damps the next one's momentum (`MomentumDamping`); 1 if it is not asked for.
  package internal(set) var contraction = 1.0

  /// The start of a method: `x_0 = x_-1 = point`.
  package init(at point: [Double]) {
    current = point
    previous = point
    steps = 0
  }

  /// The start at 0, for examples of `dimension` coefficients.
  package init(dimension: Int) {
    self.init(at: [Double](repeating: 0, count: dimension))
  }

  /// Without its momentum: `x_(t-1) = x_t`.
  package var atRest: Iterate {
    var iterate = self
    iterate.previous = current
    iterate.contraction = 1
    return iterate
  }
}
