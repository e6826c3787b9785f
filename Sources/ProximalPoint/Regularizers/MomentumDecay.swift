import Foundation

/// What k steps of momentum alone do: a velocity d becomes `beta^k d`, and the position moves by
/// `d (beta + ... + beta^k) = d beta (1 - beta^k) / (1 - beta)`.
///
/// Both come from a table, which ends where `beta^k` is below 1e-40: from there on a velocity counts as 0 and the position as its limit,
/// `x + d beta / (1 - beta)`, wrong by no more than about 1e-40 d / (1 - beta).
package struct MomentumDecay: Sendable {
  /// The momentum beta.
  package let momentum: Double
  private let table: [(power: Double, sum: Double)]
  /// Beyond the table: power 0 and the limit of the sums, or where momentum decays too slowly for a table, nothing.
  private let rest: (power: Double, sum: Double)?

  /// A table for a momentum; of at most 4096 steps, beyond which the closed form is computed.
  package init(_ momentum: Double) {
    self.momentum = momentum
    var table = [(power: 1.0, sum: 0.0)]
    while table.count < 4096, abs(table.last!.power) >= 1e-40 {
      let power = table.last!.power * momentum
      table.append((power, table.last!.sum + power))
    }
    rest = abs(table.last!.power) < 1e-40 ? (0, table.last!.sum) : nil
    self.table = table
  }

  /// `beta^steps` and `beta + ... + beta^steps`.
  @inline(__always)
  func callAsFunction(_ steps: Int) -> (power: Double, sum: Double) {
    if steps < table.count { return table[steps] }
    return rest ?? closedForm(steps)
  }

  @inline(never)
  private func closedForm(_ steps: Int) -> (power: Double, sum: Double) {
    let power = pow(momentum, Double(steps))
    return (power, momentum == 1 ? Double(steps) : momentum * (1 - power) / (1 - momentum))
  }

  /// `beta + ... + beta^steps` and `beta + ... + beta^(steps + 1)`: what a velocity moves a coordinate by in `steps` steps, and with the
  /// next one's extrapolation. For no steps, 0 and beta. How many steps a coordinate was left alone is random where rows are sparse: no
  /// branch here depends on it, unless momentum decays too slowly for a table.
  @inline(__always)
  func reach(_ steps: Int) -> (here: Double, next: Double) {
    let place = min(steps, table.count &- 2)
    guard rest != nil || place == steps else { return (self(steps).sum, self(steps &+ 1).sum) }
    return (table[place].sum, table[place &+ 1].sum)
  }

  /// `beta^steps`.
  package func power(_ steps: Int) -> Double { self(steps).power }

  /// `beta + ... + beta^steps`.
  package func sum(_ steps: Int) -> Double { self(steps).sum }
}
