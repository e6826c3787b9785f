import EspalierTensors

/// What Newton's method consists of between two iterations.
struct NewtonState: Hashable, Sendable, Codable {
  /// The iterate.
  @Stored var x: [Double]
  /// The objective there.
  var value: Double
  /// The objective at the start and after each iteration.
  @Stored var trace: [Double]
  var iterations = 0
  /// By how much the last step expected the objective to fall.
  var promise = Double.infinity
  var best = SmallestSlope()
  /// What the Hessian's diagonal is raised by.
  var raise = 0.0
  /// A step along which the objective falls without end; empty where none was found.
  @Stored var flatDirection: [Double] = []
  var end: EpochState.End?
}

/// The smallest slope that a method met so far, and in which iteration.
struct SmallestSlope: Hashable, Sendable, Codable {
  var slope = Double.infinity
  var iteration = 0
}
