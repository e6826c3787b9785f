/// No regulariser: R = 0.
public struct NoRegularizer: Regularizer {
  /// The regulariser.
  public init() {}

  /// The word for it.
  public var name: String { "none" }

  /// A multiplication.
  public static var isLinear: Bool { true }

  /// No.
  public static var dependsOnStep: Bool { false }

  /// 0.
  public func value(_ x: Double) -> Double { 0 }

  /// 0.
  public func subdifferential(_ x: Double) -> ClosedRange<Double> { 0...0 }

  /// x.
  public func proximal(_ x: Double, step: Double) -> Double { x }

  /// 1.
  public func slope(_ x: Double, step: Double) -> Double { 1 }

  /// The closed form of `MomentumDecay`. Complexity: O(1).
  @inline(__always)
  public func drift(_ coordinate: inout Coordinate, steps: Int, momentum: MomentumDecay, step: Double) {
    let velocity = coordinate.current - coordinate.previous
    guard velocity != 0 else { return }
    let (power, sum) = momentum(steps)
    coordinate.current += velocity * sum
    coordinate.previous = coordinate.current - velocity * power
  }

  /// With beta < 1, the positions `x + d s_i`, `s_i = beta (1 - beta^i) / (1 - beta)`, add up to
  /// `k x + d beta / (1 - beta) (k - s_k)`. Complexity: O(1).
  public func drift(
    _ coordinate: inout Coordinate, steps: Int, momentum: MomentumDecay, step: Double, addingTo sum: inout Double
  ) {
    let (k, beta) = (Double(steps), momentum.momentum)
    let velocity = coordinate.current - coordinate.previous
    let reach = beta == 1 ? k * (k + 1) / 2 : beta / (1 - beta) * (k - momentum.sum(steps))
    sum += k * coordinate.current + velocity * reach
    drift(&coordinate, steps: steps, momentum: momentum, step: step)
  }
}
