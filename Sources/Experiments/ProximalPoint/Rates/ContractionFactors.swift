import EspalierProximalPoint
import EspalierTensors

/// The paper's contraction factors of SPPA and SPPAM beside the rates of the methods, on a quadratic without noise.
///
/// Ten eigenvalues from mu = 1 to 10, exact proximal steps. Factors are of squared distances, per step.
/// J. L. Kim, P. Toulis, A. Kyrillidis (L4DC 2022), Theorem 5 to Corollary 7.
package struct ContractionFactors: Sendable, Codable {
  /// One pair of step size and momentum.
  package struct Row: Sendable, Codable {
    /// `eta mu`.
    package let scaledConvexity: Double
    /// beta.
    package let momentum: Double
    /// The factor of the paper's bound for SPPAM.
    package let bound: Double
    /// The rate of SPPAM that was measured.
    package let measured: Double
    /// The factor with which the paper compares, `1 / (1 + 2 eta mu)`.
    package let publishedPlain: Double
    /// SPPA's factor, `1 / (1 + eta mu)^2`.
    package let plain: Double
    /// The rate of SPPA that was measured.
    package let measuredPlain: Double
    /// The largest ratio of a squared distance to its one-step bound, over the steps from a random start.
    package let tightness: Double
    /// Whether Corollary 7, as printed, promises a better factor.
    package let isPromised: Bool
    /// Whether the factor with momentum is better than SPPA's as the paper has it, by the corrected condition.
    package let isBetter: Bool
  }

  /// All pairs, by momentum.
  package let rows: [Row]

  static let scaledConvexities = [0.01, 0.1, 0.3, 1, 3, 5, 7, 10, 30, 100, 1000]
  static let momenta = [0.1, 0.16, 0.3, 0.36, 0.5, 0.9]
  private static let eigenvalues = (1...10).map(Double.init)

  /// Measures all pairs; starts are drawn from `seed`.
  package init(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    rows = Self.momenta.flatMap { momentum in
      Self.scaledConvexities.map { Self.row($0, momentum, &generator) }
    }
  }

  private static func row(_ step: Double, _ momentum: Double, _ generator: inout SeededGenerator) -> Row {
    let bounds = StrongConvexityBounds(scaledConvexity: step, momentum: momentum)
    func rate(_ method: QuadraticMethod) -> Double {
      let factor = eigenvalues.map {
        ErrorRun(method, step: step, momentum: momentum, eigenvalue: $0, start: 1).factor
      }.max()!
      return factor * factor
    }
    let start = eigenvalues.map { _ in generator.normal() }
    return Row(
      scaledConvexity: step, momentum: momentum, bound: bounds.contractionFactor,
      measured: rate(.proximalPointWithMomentum), publishedPlain: bounds.plainContractionFactor,
      plain: bounds.tightPlainContractionFactor, measuredPlain: rate(.proximalPoint),
      tightness: tightness(bounds.oneStep, step, momentum, start), isPromised: bounds.publishedComparison,
      isBetter: bounds.isBetterThanPlain)
  }

  /// The largest `||e+||^2 / (a ||e||^2 + b ||e_previous||^2)` of 100 steps.
  private static func tightness(
    _ bound: (a: Double, b: Double), _ step: Double, _ momentum: Double, _ start: [Double]
  ) -> Double {
    func square(_ e: [Double]) -> Double { e.reduce(0) { $0 + $1 * $1 } }
    let pairs = eigenvalues.map {
      QuadraticMethod.proximalPointWithMomentum.recurrence(step: step, momentum: momentum, eigenvalue: $0)
    }
    var (error, previous, largest) = (start, start, 0.0)
    for _ in 0..<100 where square(error) > 1e-200 {
      let next = zip(pairs, zip(error, previous)).map { $0.t * $1.0 - $0.d * $1.1 }
      largest = max(largest, square(next) / (bound.a * square(error) + bound.b * square(previous)))
      (error, previous) = (next, error)
    }
    return largest
  }
}
