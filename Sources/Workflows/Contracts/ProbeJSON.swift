import EspalierProximalPoint
import EspalierRegression

/// The JSON of `probe`. A step without a bound, because the curvature is zero, is omitted.
package struct ProbeJSON: Encodable {
  let rows: Int
  let coefficients: Int
  let smallestNorm: Double
  let averageNorm: Double
  let largestNorm: Double
  let largestExampleCurvature: Double
  let averageCurvature: Double
  let momentum: Double
  let largestStepSGD: Double?
  let largestStepSGDM: Double?
  let largestStepSPPA: Double?

  /// The figures of `problem`, and the largest safe steps of SGD without momentum and with `momentum`.
  package init(_ problem: ProblemProbe, momentum: Double) {
    let probe = problem.probe
    rows = problem.exampleCount
    coefficients = problem.dimension
    smallestNorm = probe.norms.smallest
    averageNorm = probe.norms.average
    largestNorm = probe.norms.largest
    largestExampleCurvature = probe.exampleCurvature
    averageCurvature = probe.averageCurvature
    self.momentum = momentum
    largestStepSGD = Self.bound(probe.largestSafeStep())
    largestStepSGDM = Self.bound(probe.largestSafeStep(momentum: momentum))
    largestStepSPPA = nil
  }

  private static func bound(_ step: Double) -> Double? { step.isFinite ? step : nil }
}
