import EspalierTensors

/// The state of the interior point method between two iterations.
struct InteriorPointState: Hashable, Sendable, Codable {
  /// The coordinates.
  @Stored var u: [Double]
  /// The slopes of examples, then of coefficients with absolute values.
  @Stored var slopes: [Double]
  /// How far each is above its kink, and below.
  @Stored var upper: [Double]
  @Stored var lower: [Double]
  /// The objective at the start and after each iteration.
  @Stored var trace: [Double]
  var iterations = 0
  /// The smallest measure of the certificate so far, with its coordinates and slopes.
  var best = SmallestSlope()
  @Stored var bestU: [Double] = []
  @Stored var bestSlopes: [Double] = []
  var end: EpochState.End?
}
