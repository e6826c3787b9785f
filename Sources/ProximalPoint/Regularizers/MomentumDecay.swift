import Foundation

/// What k steps of momentum alone do: a velocity d becomes `beta^k d`, and the position moves by
/// `d (beta + ... + beta^k) = d beta (1 - beta^k) / (1 - beta)`.
public struct MomentumDecay: Sendable {
  /// The momentum beta.
  public let momentum: Double
  private let powers: [Double]
  private let sums: [Double]

  /// A table for a momentum; of at most 4096 steps, beyond which the closed form is computed.
  public init(_ momentum: Double) {
    self.momentum = momentum
    var powers = [1.0]
    var sums = [0.0]
    while powers.count < 4096, powers.last! != 0 {
      powers.append(powers.last! * momentum)
      sums.append(sums.last! + powers.last!)
    }
    self.powers = powers
    self.sums = sums
  }

  /// `beta^steps`.
  @inline(__always)
  public func power(_ steps: Int) -> Double {
    if steps < powers.count { return powers[steps] }
    return powers.last! == 0 ? 0 : pow(momentum, Double(steps))
  }

  /// `beta + ... + beta^steps`.
  @inline(__always)
  public func sum(_ steps: Int) -> Double {
    if steps < sums.count { return sums[steps] }
    if powers.last! == 0 { return sums.last! }
    return momentum == 1 ? Double(steps) : momentum * (1 - power(steps)) / (1 - momentum)
  }
}
