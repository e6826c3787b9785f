import Foundation

/// The effect of k steps of momentum alone: a velocity d becomes `beta^k d`, and the position moves by
/// `d (beta + ... + beta^k) = d beta (1 - beta^k) / (1 - beta)`.
///
/// Both come from a table, which ends where `beta^k` is below 1e-40: beyond, the velocity counts as 0 and the position
/// as its limit, `x + d beta / (1 - beta)`, with an error of at most about `1e-40 d / (1 - beta)`.
package struct MomentumDecay: Sendable {
  /// The momentum beta.
  package let momentum: Double
  private let table: [(power: Double, sum: Double)]
  /// The entry beyond the table: power 0 and the limit of the sums; `nil` if momentum decays too slowly for a table.
  private let rest: (power: Double, sum: Double)?

  /// A table for a momentum, of at most 4096 steps; beyond, the closed form is computed.
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

  /// `beta + ... + beta^steps` and `beta + ... + beta^(steps + 1)`: the movement per velocity over `steps` steps, and
  /// with the next step's extrapolation; 0 and beta for no steps. The number of steps is random for sparse rows, so no
  /// branch depends on it unless momentum decays too slowly for a table.
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
