import Foundation

/// Half the squared norm, `r(x) = strength x^2 / 2`: ridge.
///
/// `prox_R` divides by `1 + step strength`. The drift of an untouched coordinate is the linear recurrence
/// `x+ = s (1 + beta) x - s beta x_previous`, its k-th power taken by squaring.
package struct L2: Regularizer {
  /// The factor lambda, not negative.
  package let strength: Double

  /// The regulariser of a strength.
  package init(_ strength: Double) {
    precondition(strength >= 0 && strength.isFinite, "a strength is not negative")
    self.strength = strength
  }

  /// The name in reports.
  package var name: String { "L2(\(strength))" }

  /// True: `prox_R` is a multiplication.
  package static var isLinear: Bool { true }

  /// The factor of `prox_R`.
  package func scale(step: Double) -> Double { 1 / (1 + step * strength) }

  /// `strength x^2 / 2`.
  package func value(_ x: Double) -> Double { 0.5 * strength * x * x }

  /// `strength x`.
  package func subdifferential(_ x: Double) -> ClosedRange<Double> { strength * x...strength * x }

  /// `x / (1 + step strength)`.
  package func proximal(_ x: Double, step: Double) -> Double { x * scale(step: step) }

  /// `1 / (1 + step strength)`.
  package func slope(_ x: Double, step: Double) -> Double { scale(step: step) }

  /// Complexity: O(log steps), O(1) without momentum.
  package func drift(_ coordinate: inout Coordinate, steps: Int, momentum: MomentumDecay, step: Double) {
    let s = scale(step: step)
    if momentum.momentum == 0 {
      coordinate.previous = coordinate.current * pow(s, Double(steps - 1))
      coordinate.current = coordinate.previous * s
      return
    }
    var square = (s * (1 + momentum.momentum), -s * momentum.momentum, 1.0, 0.0)
    var left = steps
    while left > 0 {
      if left & 1 == 1 {
        coordinate = Coordinate(
          current: square.0 * coordinate.current + square.1 * coordinate.previous,
          previous: square.2 * coordinate.current + square.3 * coordinate.previous)
      }
      square = (
        square.0 * square.0 + square.1 * square.2, square.0 * square.1 + square.1 * square.3,
        square.2 * square.0 + square.3 * square.2, square.2 * square.1 + square.3 * square.3
      )
      left >>= 1
    }
  }
}
