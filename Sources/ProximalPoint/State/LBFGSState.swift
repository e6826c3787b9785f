import EspalierTensors

/// The state of L-BFGS between two iterations.
struct LBFGSState: Hashable, Sendable, Codable {
  /// A step and the corresponding change of the gradient.
  struct Pair: Hashable, Sendable, Codable {
    @Stored var step: [Double]
    @Stored var change: [Double]
    let curvature: Double

    init(step: [Double], change: [Double]) {
      curvature = inner(step, change)
      self.step = step
      self.change = change
    }

    /// `-B g`.
    static func direction(_ pairs: [Pair], _ gradient: [Double]) -> [Double] {
      var direction = gradient.map { -$0 }
      var shares: [Double] = []
      for pair in pairs.reversed() {
        let share = inner(pair.step, direction) / pair.curvature
        shares.append(share)
        direction = zip(direction, pair.change).map { $0 - share * $1 }
      }
      if let last = pairs.last {
        let scale = last.curvature / inner(last.change, last.change)
        direction = direction.map { $0 * scale }
      }
      for (pair, share) in zip(pairs, shares.reversed()) {
        let correction = share - inner(pair.change, direction) / pair.curvature
        direction = zip(direction, pair.step).map { $0 + correction * $1 }
      }
      return direction
    }
  }

  /// The iterate.
  @Stored var x: [Double]
  /// The gradient at the iterate.
  @Stored var gradient: [Double]
  /// The objective at the iterate.
  var value: Double
  /// The objective at the start and after each iteration.
  @Stored var trace: [Double]
  /// The last steps.
  var pairs: [Pair] = []
  var iterations = 0
  /// The iterate at half of the iterations, in unscaled coordinates, and the iteration at which to replace it.
  @Stored var halfway: [Double] = []
  var next = 1
  var best = SmallestSlope()
  var end: EpochState.End?
}
