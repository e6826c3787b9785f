/// No regulariser: R = 0.
package struct NoRegularizer: Regularizer {
  /// The regulariser.
  package init() {}

  /// The name in reports.
  package var name: String { "none" }

  /// True: `prox_R` is a multiplication by 1.
  package static var isLinear: Bool { true }

  /// False.
  package static var dependsOnStep: Bool { false }

  /// 0.
  package func value(_ x: Double) -> Double { 0 }

  /// 0.
  package func subdifferential(_ x: Double) -> ClosedRange<Double> { 0...0 }

  /// x.
  package func proximal(_ x: Double, step: Double) -> Double { x }

  /// 1.
  package func slope(_ x: Double, step: Double) -> Double { 1 }

  /// The closed form of `MomentumDecay`. Complexity: O(1).
  @inline(__always)
  package func drift(_ coordinate: inout Coordinate, steps: Int, momentum: MomentumDecay, step: Double) {
    let velocity = coordinate.current - coordinate.previous
    guard velocity != 0 else { return }
    let (power, sum) = momentum(steps)
    coordinate.current += velocity * sum
    coordinate.previous = coordinate.current - velocity * power
  }

  /// With beta < 1, the positions `x + d s_i`, `s_i = beta (1 - beta^i) / (1 - beta)`, add up to
  /// `k x + d beta / (1 - beta) (k - s_k)`. Complexity: O(1).
  package func drift(
    _ coordinate: inout Coordinate, steps: Int, momentum: MomentumDecay, step: Double, addingTo sum: inout Double
  ) {
    let (k, beta) = (Double(steps), momentum.momentum)
    let velocity = coordinate.current - coordinate.previous
    let reach = beta == 1 ? k * (k + 1) / 2 : beta / (1 - beta) * (k - momentum.sum(steps))
    sum += k * coordinate.current + velocity * reach
    drift(&coordinate, steps: steps, momentum: momentum, step: step)
  }
}
