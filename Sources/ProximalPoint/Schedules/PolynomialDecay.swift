import Foundation

/// Steps that decrease as `(1 + t / delay)^-power`: Robbins and Monro's conditions hold for powers of (1/2, 1].
public struct PolynomialDecay: Schedule {
  /// The exponent.
  public let power: Double
  /// After how many steps the decay begins to count: an epoch, say.
  public let delay: Double

  /// The schedule of an exponent and a delay in steps, both positive.
  public init(power: Double, delay: Double) {
    precondition(power > 0 && delay > 0, "a decay has a positive power and delay")
    self.power = power
    self.delay = delay
  }

  /// The word for it.
  public var name: String { "step (1 + t/\(delay))^-\(power)" }

  /// No.
  public static var isConstant: Bool { false }

  /// `(1 + step / delay)^-power`.
  public func factor(at step: Int) -> Double { pow(1 + Double(step) / delay, -power) }
}
