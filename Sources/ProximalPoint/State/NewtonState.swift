import EspalierTensors

/// The state of Newton's method between two iterations.
struct NewtonState: Hashable, Sendable, Codable {
  /// The iterate.
  @Stored var x: [Double]
  /// The objective at the iterate.
  var value: Double
  /// The objective at the start and after each iteration.
  @Stored var trace: [Double]
  var iterations = 0
  /// The decrease of the objective predicted by the last step.
  var promise = Double.infinity
  var best = SmallestSlope()
  /// The relative increase of the Hessian's diagonal.
  var raise = 0.0
  /// A step along which the objective decreases without bound; empty if none was found.
  @Stored var flatDirection: [Double] = []
  var end: EpochState.End?
}

/// The smallest slope so far, and its iteration.
struct SmallestSlope: Hashable, Sendable, Codable {
  var slope = Double.infinity
  var iteration = 0
}
