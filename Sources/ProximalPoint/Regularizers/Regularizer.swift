/// A convex function R(x) = sum_j r(x_j), separable by coordinate, that is added to the average loss.
///
/// SPPA and SPPAM on one example take the proximal step of the *sum* `l(<a, y>, b) + R(y)`: its minimiser is
/// `y = prox_R(z + xi a)` with the root xi of one scalar equation (`RegularizedEquation`); for L2 this is the equation
/// of the loss alone in scaled quantities. A mini-batch in averaged form averages the xi of its examples and applies
/// `prox_R` once: `x+ = prox_R(z + (1/m) sum_i xi_i a_i)`. A mini-batch in joint form takes the proximal step of the
/// sum for L2 and without a regulariser; for any other it takes the proximal step of the batch's loss and then that of
/// R. Explicit methods are proximal gradient methods: a gradient step, then the proximal step of R.
package protocol Regularizer: Sendable {
  /// The name in reports.
  var name: String { get }
  /// Whether `prox_R` is the multiplication by `scale(step:)`.
  static var isLinear: Bool { get }
  /// The factor of `prox_R`, if it is linear.
  func scale(step: Double) -> Double
  /// Whether `prox_R` depends on the step; projections do not.
  static var dependsOnStep: Bool { get }
  /// `r(x)`; infinite outside a constraint.
  func value(_ x: Double) -> Double
  /// The subgradients of r at x, from the smallest to the largest; one number where r has a derivative.
  func subdifferential(_ x: Double) -> ClosedRange<Double>
  /// The minimiser of `r(y) + (y - x)^2 / (2 step)`.
  func proximal(_ x: Double, step: Double) -> Double
  /// The derivative of `proximal` with respect to x, one of them at a kink: between 0 and 1.
  func slope(_ x: Double, step: Double) -> Double
  /// Moves a coordinate by `steps` steps, at least one, in which no example touches it:
  /// `x+ = prox_R(x + momentum (x - x_previous))`, repeated.
  func drift(_ coordinate: inout Coordinate, steps: Int, momentum: MomentumDecay, step: Double)
  /// The same, and adds each position on the way to `sum`.
  func drift(
    _ coordinate: inout Coordinate, steps: Int, momentum: MomentumDecay, step: Double, addingTo sum: inout Double)
}

/// A coordinate of the iterate, now and one step ago.
package struct Coordinate: Hashable, Sendable {
  /// The position now.
  package var current: Double
  /// The position one step ago.
  package var previous: Double

  /// A coordinate at a position, and one step before.
  package init(current: Double, previous: Double) {
    self.current = current
    self.previous = previous
  }
}

extension Regularizer {
  /// False.
  package static var isLinear: Bool { false }

  /// 1; not used by regularisers that are not linear.
  package func scale(step: Double) -> Double { 1 }

  /// True.
  package static var dependsOnStep: Bool { true }

  /// By default, step by step until the coordinate comes to rest. Complexity: O(steps).
  package func drift(_ coordinate: inout Coordinate, steps: Int, momentum: MomentumDecay, step: Double) {
    for _ in 0..<steps {
      let before = coordinate
      advance(&coordinate, momentum: momentum.momentum, step: step)
      if coordinate == before { return }
    }
  }

  /// By default, step by step. Complexity: O(steps).
  package func drift(
    _ coordinate: inout Coordinate, steps: Int, momentum: MomentumDecay, step: Double, addingTo sum: inout Double
  ) {
    for _ in 0..<steps {
      advance(&coordinate, momentum: momentum.momentum, step: step)
      sum += coordinate.current
    }
  }

  private func advance(_ coordinate: inout Coordinate, momentum: Double, step: Double) {
    let extrapolated = coordinate.current + momentum * (coordinate.current - coordinate.previous)
    coordinate = Coordinate(current: proximal(extrapolated, step: step), previous: coordinate.current)
  }
}
