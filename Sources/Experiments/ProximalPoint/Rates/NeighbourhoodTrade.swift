import EspalierProximalPoint
import EspalierTensors

/// The speed to a neighbourhood of the solution, and the size of that neighbourhood, against step size and momentum.
///
/// A quadratic with 20 eigenvalues from mu = 1 to kappa = 10, gradients with independent noise of variance 1 in each
/// coordinate, start at a distance of 100 in each. Both follow from the second moments exactly
/// (`QuadraticMethod.stationaryVariance`); the neighbourhood is measured as well, as an average over steps.
package struct NeighbourhoodTrade: Sendable, Codable {
  /// One pair of step size and momentum.
  package struct Row: Sendable, Codable {
    /// `eta mu`.
    package let scaledConvexity: Double
    /// beta.
    package let momentum: Double
    /// `E ||x - x*||^2` in the end, by the formula.
    package let neighbourhood: Double
    /// The same as measured.
    package let measured: Double
    /// The neighbourhood as a multiple of SPPA's with the same step size.
    package let growth: Double
    /// The number of steps until `E ||x - x*||^2` stays within twice the neighbourhood.
    package let steps: Int
    /// The number of steps of SPPA with the same step size to its own neighbourhood.
    package let plainSteps: Int
    /// The number of steps of SPPA with so long a step that it has the same neighbourhood; `nil` if no step has.
    package let stepsOfEqualNeighbourhood: Int?
    /// The paper's bound of the neighbourhood, `eta^2 sigma^2 / (1 - a - b)`; `nil` where it has none.
    package let bound: Double?
  }

  /// All pairs, by momentum.
  package let rows: [Row]

  static let scaledConvexities = [0.01, 0.03, 0.1, 0.3, 1, 3, 10]
  static let momenta = [0.3, 0.5, 0.9]
  private static let eigenvalues = (0..<20).map { 1 + 9 * Double($0) / 19 }
  private static let distance = 100.0

  /// Measures all pairs, each over so many steps; the noise follows from `seed`.
  package init(iterations: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    rows = Self.momenta.flatMap { momentum in
      Self.scaledConvexities.map { Self.row($0, momentum, iterations, &generator) }
    }
  }

  private static func row(
    _ step: Double, _ momentum: Double, _ iterations: Int, _ generator: inout SeededGenerator
  ) -> Row {
    let plain = variance(.proximalPoint, step, 0)
    let own = variance(.proximalPointWithMomentum, step, momentum)
    let equal = stepOfPlain(neighbourhood: own)
    let (a, b) = StrongConvexityBounds(scaledConvexity: step, momentum: momentum).oneStep
    let dimension = Double(eigenvalues.count)
    return Row(
      scaledConvexity: step, momentum: momentum, neighbourhood: own,
      measured: measured(step, momentum, iterations, &generator), growth: own / plain,
      steps: steps(.proximalPointWithMomentum, step, momentum), plainSteps: steps(.proximalPoint, step, 0),
      stepsOfEqualNeighbourhood: equal.map { steps(.proximalPoint, $0, 0) },
      bound: a + b < 1 ? step * step * dimension / (1 - a - b) : nil)
  }

  private static func variance(_ method: QuadraticMethod, _ step: Double, _ momentum: Double) -> Double {
    eigenvalues.reduce(0) { $0 + method.stationaryVariance(step: step, momentum: momentum, eigenvalue: $1) }
  }

  /// The number of steps until the mean squared distance is within twice its limit, and stays there.
  private static func steps(_ method: QuadraticMethod, _ step: Double, _ momentum: Double) -> Int {
    let target = 2 * variance(method, step, momentum)
    var moments = eigenvalues.map { _ in SIMD3(repeating: distance * distance) }
    var last = 0
    for count in 1...100_000 {
      for place in moments.indices {
        moments[place] = method.next(
          moments[place], step: step, momentum: momentum, eigenvalue: eigenvalues[place])
      }
      let total = moments.reduce(0) { $0 + $1.x }
      if total > target { last = count }
      // Past the last crossing by its own number of steps again, nothing swings back.
      if count > 2 * last + 100 { break }
    }
    return last + 1
  }

  /// The step size with which SPPA has this neighbourhood, by bisection; `nil` beyond its limit `sum 1 / lambda^2`.
  private static func stepOfPlain(neighbourhood: Double) -> Double? {
    var (low, high) = (1e-6, 1e6)
    guard variance(.proximalPoint, high, 0) >= neighbourhood else { return nil }
    for _ in 0..<100 {
      let middle = (low * high).squareRoot()
      if variance(.proximalPoint, middle, 0) < neighbourhood { low = middle } else { high = middle }
    }
    return high
  }

  /// The mean squared distance over so many steps, after the neighbourhood is reached.
  private static func measured(
    _ step: Double, _ momentum: Double, _ iterations: Int, _ generator: inout SeededGenerator
  ) -> Double {
    let method = QuadraticMethod.proximalPointWithMomentum
    let pairs = eigenvalues.map { method.recurrence(step: step, momentum: momentum, eigenvalue: $0) }
    let gains = eigenvalues.map { method.noiseGain(step: step, eigenvalue: $0) }
    var (error, previous) = (eigenvalues.map { _ in 0.0 }, eigenvalues.map { _ in 0.0 })
    var sum = 0.0
    let settling = iterations / 10
    for count in 0..<settling + iterations {
      for place in error.indices {
        let next =
          pairs[place].t * error[place] - pairs[place].d * previous[place] - gains[place] * generator.normal()
        (error[place], previous[place]) = (next, error[place])
      }
      if count >= settling { sum += error.reduce(0) { $0 + $1 * $1 } }
    }
    return sum / Double(iterations)
  }
}
