import Foundation

/// `r(x) = l1 |x| + l2 x^2 / 2`: L1 and L2 together, with exact zeros.
///
/// `prox_R` moves x towards 0 by `step l1`, to 0 exactly if it is nearer, and divides by `1 + step l2`.
package struct ElasticNet: Regularizer {
  /// The factor of the absolute values, not negative.
  package let l1: Double
  /// The factor of half the squares, not negative.
  package let l2: Double

  /// The regulariser of two strengths.
  package init(l1: Double, l2: Double) {
    precondition(l1 >= 0 && l2 >= 0 && l1.isFinite && l2.isFinite, "a strength is not negative")
    self.l1 = l1
    self.l2 = l2
  }

  /// The name in reports.
  package var name: String { "elastic net(l1: \(l1), l2: \(l2))" }

  /// `l1 |x| + l2 x^2 / 2`.
  package func value(_ x: Double) -> Double { l1 * abs(x) + 0.5 * l2 * x * x }

  /// `l1 sign(x) + l2 x`; from `-l1` to `l1` at 0.
  package func subdifferential(_ x: Double) -> ClosedRange<Double> {
    guard x != 0 else { return -l1...l1 }
    let slope = (x > 0 ? l1 : -l1) + l2 * x
    return slope...slope
  }

  /// x moved towards 0 by `step l1`, then divided by `1 + step l2`.
  package func proximal(_ x: Double, step: Double) -> Double {
    let magnitude = abs(x) - step * l1
    return magnitude > 0 ? (x < 0 ? -magnitude : magnitude) / (1 + step * l2) : 0
  }

  /// `1 / (1 + step l2)` where x stays away from 0, else 0.
  package func slope(_ x: Double, step: Double) -> Double {
    abs(x) > step * l1 ? 1 / (1 + step * l2) : 0
  }

  /// Without momentum, `|x|` becomes `s^k |x| - step l1 (s + ... + s^k)`, `s = 1 / (1 + step l2)`, or 0. With momentum,
  /// the threshold opposes the velocity and there is no closed form: steps are taken until the coordinate rests at 0.
  /// Complexity: O(1), with momentum O(steps).
  package func drift(_ coordinate: inout Coordinate, steps: Int, momentum: MomentumDecay, step: Double) {
    if momentum.momentum == 0 {
      coordinate.previous = shrunk(coordinate.current, steps - 1, step)
      coordinate.current = proximal(coordinate.previous, step: step)
      return
    }
    for _ in 0..<steps {
      if coordinate.current == 0 && coordinate.previous == 0 { return }
      let extrapolated = coordinate.current + momentum.momentum * (coordinate.current - coordinate.previous)
      coordinate = Coordinate(current: proximal(extrapolated, step: step), previous: coordinate.current)
    }
  }

  private func shrunk(_ x: Double, _ steps: Int, _ step: Double) -> Double {
    let (k, s) = (Double(steps), 1 / (1 + step * l2))
    let power = pow(s, k)
    // s + ... + s^k = (1 - s^k) / (step l2).
    let sum = s == 1 ? k : (1 - power) / (step * l2)
    let magnitude = power * abs(x) - step * l1 * sum
    return magnitude > 0 ? (x < 0 ? -magnitude : magnitude) : 0
  }
}
