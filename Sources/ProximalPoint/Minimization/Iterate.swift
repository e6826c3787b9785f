/// The state of a method: the iterate, the previous one, and the number of steps taken. A value.
package struct Iterate: Hashable, Sendable {
  /// The coefficients x_t: one for each feature and, if there is one, the intercept last.
  package internal(set) var current: [Double]
  /// The coefficients x_(t-1).
  package internal(set) var previous: [Double]
  /// The number t of steps.
  package internal(set) var steps: Int
  /// A bound on the contraction of the last step, which damps the next momentum (`MomentumDamping`); 1 without damping.
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
}
