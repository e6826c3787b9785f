import Foundation

/// Steps that decrease as `(1 + t / delay)^-power`: Robbins and Monro's conditions hold for powers of (1/2, 1].
package struct PolynomialDecay: Schedule {
  /// The exponent.
  package let power: Double
  /// The number of steps after which the decay sets in, such as an epoch.
  package let delay: Double

  /// The schedule of an exponent and a delay in steps, both positive.
  package init(power: Double, delay: Double) {
    precondition(power > 0 && delay > 0, "a decay has a positive power and delay")
    self.power = power
    self.delay = delay
  }

  /// The name in reports.
  package var name: String { "step (1 + t/\(delay))^-\(power)" }

  /// False.
  package static var isConstant: Bool { false }

  /// `(1 + step / delay)^-power`.
  package func factor(at step: Int) -> Double { pow(1 + Double(step) / delay, -power) }
}
