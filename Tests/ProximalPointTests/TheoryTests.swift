import EspalierLinearAlgebra
import EspalierProximalPoint
import EspalierTensors
import Foundation
import Testing

/// The paper's conditions against brute force and simulation; where they are wrong, the counterexamples.
@Suite struct TheoryTests {
  /// The spectral radius of the companion matrix by `||C^(2^k)||^(1/2^k)`: nothing of the formulas under test.
  private func bruteForceRadius(_ t: Double, _ d: Double) -> Double {
    var matrix = Matrix(rows: 2, columns: 2, [t, -d, 1, 0])
    var logarithm = 0.0
    var power = 1.0
    for _ in 0..<24 {
      let size = matrix.elements.map(abs).max()!
      guard size > 0 else { return 0 }
      matrix.elements = matrix.elements.map { $0 / size }
      logarithm += log(size) / power
      matrix = .product(matrix, matrix)
      power *= 2
    }
    return exp(logarithm)
  }

  private let grid = stride(from: -5.0, through: 5.0, by: 0.2).map { ($0 * 10).rounded() / 10 }

  @Test(arguments: QuadraticMethod.allCases)
  func conditionsAreThoseOfTheSpectralRadius(method: QuadraticMethod) {
    var converging = 0
    for eigenvalue in [-1.3, 0.31, 1, 4.7] {
      for step in grid {
        for momentum in grid {
          // A pole of the proximal step, or rounding of the boundary, decides nothing.
          guard abs(1 + step * eigenvalue) > 1e-9 else { continue }
          let (t, d) = method.recurrence(step: step, momentum: momentum, eigenvalue: eigenvalue)
          let radius = bruteForceRadius(t, d)
          #expect(
            abs(radius - method.spectralRadius(step: step, momentum: momentum, eigenvalue: eigenvalue))
              < 1e-4 * max(1, radius), "\(method) \(step) \(momentum) \(eigenvalue)")
          guard abs(radius - 1) > 1e-4 else { continue }
          let converges = method.converges(step: step, momentum: momentum, eigenvalue: eigenvalue)
          #expect(converges == (radius < 1), "\(method) \(step) \(momentum) \(eigenvalue) \(radius)")
          converging += converges ? 1 : 0
        }
      }
    }
    #expect(converging > 100)
  }

  @Test(arguments: [0.1, 0.9, 1.9, 2.5, 3.7, 3.9], [0, 0.9])
  func methodsFollowTheirRecurrence(step: Double, momentum: Double) throws {
    // One example of one feature: f(x) = (x - b)^2 / 2, lambda = 1.
    let examples = try Examples(DenseRows(dimension: 1, [1]), targets: [2])
    let pairs: [(any StochasticMethod, QuadraticMethod)] = [
      (SGDM(step: step, momentum: momentum), .gradientDescentWithMomentum),
      (SPPAM(step: step, momentum: momentum), .proximalPointWithMomentum),
      (Nesterov(step: step, momentum: momentum), .nesterov), (SGD(step: step), .gradientDescent),
      (SPPA(step: step), .proximalPoint),
    ]
    for (method, theory) in pairs {
      let (t, d) = theory.recurrence(step: step, momentum: momentum, eigenvalue: 1)
      var state = Iterate(dimension: 1)
      var (error, previous) = (-2.0, -2.0)
      for _ in 0..<200 {
        state = method.step(state, on: [0], of: examples, loss: SquaredLoss())
        (error, previous) = (t * error - d * previous, error)
        #expect(distance([state.current[0] - 2], [error]) < 1e-8)
      }
      // The iterates converge exactly where the condition says so.
      #expect((abs(error) < 2) == theory.converges(step: step, momentum: momentum, eigenvalue: 1))
    }
  }

  @Test func thePublishedConditionIsWrongWhereTheProximalStepReflects() {
    let method = QuadraticMethod.proximalPointWithMomentum
    let radius = method.spectralRadius(step: -3, momentum: -1, eigenvalue: 1)
    #expect(abs(radius * radius - 0.5) < 1e-12)
    #expect(!QuadraticMethod.publishedCondition(step: -3, momentum: -1, eigenvalue: 1))
    #expect(method.converges(step: -3, momentum: -1, eigenvalue: 1))
    let other = method.spectralRadius(step: -3, momentum: -3, eigenvalue: 1)
    #expect(abs(other * other - 1.5) < 1e-12)
    #expect(QuadraticMethod.publishedCondition(step: -3, momentum: -3, eigenvalue: 1))
    #expect(!method.converges(step: -3, momentum: -3, eigenvalue: 1))
    // And right where 1 + eta lambda > 0.
    for step in grid where step > -0.9 {
      for momentum in grid {
        guard abs(method.spectralRadius(step: step, momentum: momentum, eigenvalue: 1) - 1) > 1e-9 else { continue }
        #expect(
          QuadraticMethod.publishedCondition(step: step, momentum: momentum, eigenvalue: 1)
            == method.converges(step: step, momentum: momentum, eigenvalue: 1))
      }
    }
  }

  @Test func theNesterovIntervalIsSufficientAndNotNecessary() {
    let interval = QuadraticMethod.nesterovInterval(momentum: 0.9)
    #expect(abs(interval.lowerBound - 1.0 / 361) < 1e-15)
    #expect(abs(interval.upperBound - 24.0 / 19) < 1e-15)
    for share in stride(from: 0, through: 1, by: 0.01) {
      let scaled = interval.lowerBound + share * (interval.upperBound - interval.lowerBound)
      #expect(QuadraticMethod.nesterov.spectralRadius(step: scaled, momentum: 0.9, eigenvalue: 1) < 1)
    }
    for scaled in [1e-4, 1.3, 1.35] {
      #expect(!interval.contains(scaled))
      #expect(QuadraticMethod.nesterov.spectralRadius(step: scaled, momentum: 0.9, eigenvalue: 1) < 1)
    }
    #expect(QuadraticMethod.nesterov.spectralRadius(step: 3.8 / 2.8 + 1e-6, momentum: 0.9, eigenvalue: 1) > 1)
  }

  @Test(arguments: [0.05, 0.5, 2, 6, 30], [0, 0.3, 0.9])
  func oneStepStaysWithinTheBound(scaled: Double, momentum: Double) {
    let bounds = StrongConvexityBounds(scaledConvexity: scaled, momentum: momentum)
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      // A quadratic with eigenvalues of at least mu = 1, noise of the gradient of variance 1, and step eta = scaled.
      let eigenvalues = (0..<4).map { _ in 1 + 3 * generator.uniform() }
      let now = (0..<4).map { _ in generator.normal() }
      let before = (0..<4).map { _ in generator.normal() }
      // E ||e+||^2, exactly: the mean step, and what the noise adds.
      var next = 0.0
      for i in 0..<4 {
        let s = 1 / (1 + scaled * eigenvalues[i])
        let mean = s * ((1 + momentum) * now[i] - momentum * before[i])
        next += mean * mean + s * s * scaled * scaled / 4
      }
      let square = { (x: [Double]) in x.reduce(0) { $0 + $1 * $1 } }
      let (a, b) = bounds.oneStep
      #expect(next <= a * square(now) + b * square(before) + scaled * scaled + 1e-12)
    }
  }

  @Test func factorsAreRootsOfTheRecurrence() {
    for scaled in [0.1, 1, 5, 20] {
      for momentum in [0, 0.2, 0.9] {
        let bounds = StrongConvexityBounds(scaledConvexity: scaled, momentum: momentum)
        let (a, b) = bounds.oneStep
        let factor = bounds.contractionFactor
        #expect(abs(factor * factor - a * factor - b) < 1e-12 * max(1, factor * factor))
        #expect((factor < 1) == (a + b < 1))
      }
    }
  }

  @Test func corollary7NeedsAnotherDenominator() {
    for scaled in stride(from: 0.5, through: 40, by: 0.25) {
      for momentum in stride(from: 0.0, through: 0.95, by: 0.05) {
        let bounds = StrongConvexityBounds(scaledConvexity: scaled, momentum: momentum)
        #expect(bounds.isBetterThanPlain == (bounds.contractionFactor < bounds.plainContractionFactor))
      }
    }
    let counterexample = StrongConvexityBounds(scaledConvexity: 7, momentum: 0.16)
    #expect(counterexample.publishedComparison)
    #expect(counterexample.contractionFactor > counterexample.plainContractionFactor)
  }

  /// Momentum improves the paper's factor of SPPA below beta = 0.365 and above eta mu = 6.46, and SPPA's own never.
  @Test func momentumImprovesTheFactorInACornerAlone() {
    let (beta, x) = (StrongConvexityBounds.largestUsefulMomentum, StrongConvexityBounds.smallestUsefulConvexity)
    #expect(abs(beta - 0.3654) < 1e-4 && abs(x - 6.4641) < 1e-4)
    func isBetter(_ scaled: Double, _ momentum: Double) -> Bool {
      let bounds = StrongConvexityBounds(scaledConvexity: scaled, momentum: momentum)
      #expect(bounds.contractionFactor >= 4 * bounds.tightPlainContractionFactor)
      return bounds.contractionFactor < bounds.plainContractionFactor
    }
    #expect(isBetter(1e6, beta - 1e-3) && isBetter(x + 1e-3, 1e-4))
    for scaled in [0.1, 1, 6, 10, 100, 1e4, 1e8] { #expect(!isBetter(scaled, beta + 1e-3)) }
    for momentum in [0.0, 0.1, 0.3, 0.9] { #expect(!isBetter(x - 1e-3, momentum)) }
  }

  /// The recursion of second moments ends at the stationary variance, and both are those of simulated runs.
  @Test(arguments: QuadraticMethod.allCases)
  func noiseEndsInTheStationaryVariance(method: QuadraticMethod) {
    let (step, momentum, eigenvalue) = (0.3, 0.6, 1.5)
    let expected = method.stationaryVariance(step: step, momentum: momentum, eigenvalue: eigenvalue)
    var moments = SIMD3(repeating: 9.0)
    for _ in 0..<500 {
      moments = method.next(moments, step: step, momentum: momentum, eigenvalue: eigenvalue)
    }
    #expect(abs(moments.x / expected - 1) < 1e-9)
    let (t, d) = method.recurrence(step: step, momentum: momentum, eigenvalue: eigenvalue)
    let gain = method.noiseGain(step: step, eigenvalue: eigenvalue)
    var (generator, error, previous, sum) = (SeededGenerator(seed: 1), 0.0, 0.0, 0.0)
    for _ in 0..<50_000 {
      (error, previous) = (t * error - d * previous - gain * generator.normal(), error)
      sum += error * error
    }
    #expect(abs(sum / 50_000 / expected - 1) < 0.1)
    #expect(method.stationaryVariance(step: -1, momentum: momentum, eigenvalue: eigenvalue) == .infinity)
  }

  @Test func thePlainNeighbourhoodHasItsClosedForm() {
    for (step, eigenvalue) in [(0.01, 1.0), (2, 3), (100, 0.5)] {
      let variance = QuadraticMethod.proximalPoint.stationaryVariance(
        step: step, momentum: 0, eigenvalue: eigenvalue)
      #expect(abs(variance / (step / (eigenvalue * (2 + step * eigenvalue))) - 1) < 1e-12)
    }
  }

  @Test func theorem10IsSufficientAndNotNecessary() {
    #expect(!StrongConvexityBounds(scaledConvexity: 4.80, momentum: 0.9).discountsInitialConditions)
    #expect(StrongConvexityBounds(scaledConvexity: 4.82, momentum: 0.9).discountsInitialConditions)
    for scaled in stride(from: 0.5, through: 40, by: 0.25) {
      for momentum in stride(from: 0.0, through: 0.95, by: 0.05) {
        let bounds = StrongConvexityBounds(scaledConvexity: scaled, momentum: momentum)
        if bounds.discountsInitialConditions { #expect(bounds.contractionFactor < 1) }
      }
    }
    let between = StrongConvexityBounds(scaledConvexity: 3, momentum: 0.9)
    #expect(!between.discountsInitialConditions)
    #expect(between.contractionFactor < 1)
    // On a quadratic the method converges long before the bound says so.
    let small = StrongConvexityBounds(scaledConvexity: 0.01, momentum: 0.9)
    #expect(small.contractionFactor > 1)
    #expect(QuadraticMethod.proximalPointWithMomentum.spectralRadius(step: 0.01, momentum: 0.9, eigenvalue: 1) < 1)
  }

  /// The bound of damped momentum, by the exact second moment: each batch is one of p orthonormal directions, drawn
  /// independently.
  @Test(arguments: [2, 5], [1e-2, 1, 1e3, 1e6])
  func dampedMomentumStaysWithinItsBound(dimension: Int, step: Double) {
    let contraction = 1 / (1 + step)
    for beta in [0.3, 0.9] {
      let damped = beta * contraction
      // I - M is step / (1 + step) on one of the directions.
      let bound = DampedMomentum(
        momentum: damped, averageContraction: step / (1 + step) / Double(dimension))
      let radius = secondMomentRadius(damped, contraction, dimension)
      if bound.isProven { #expect(radius < 1) }
      let (current, previous) = bound.coefficients
      #expect((current + previous < 1) == bound.isProven)
    }
    #expect(
      DampedMomentum(momentum: 0.9 * contraction, averageContraction: (1 - contraction) / Double(dimension)).isProven
        == (step >= 1e3))
    // Without damping nothing is proven for long steps, and for one of many directions nothing could be.
    if step >= 1e3 {
      #expect(!DampedMomentum(momentum: 0.9, averageContraction: (1 - contraction) / Double(dimension)).isProven)
      #expect(secondMomentRadius(0.9, contraction, 20) > 1)
    }
  }

  /// The growth factor of `E[e^2], E[e e'], E[e'^2]` along one direction, which a step contracts by `c` with
  /// probability 1/p.
  private func secondMomentRadius(_ beta: Double, _ c: Double, _ p: Int) -> Double {
    let hit = 1 / Double(p)
    let (mean, square) = (hit * c + 1 - hit, hit * c * c + 1 - hit)
    var moments = [1.0, 1, 1]
    var growth = 1.0
    for _ in 0..<5000 {
      let (x, y, z) = (moments[0], moments[1], moments[2])
      let next = [
        square * ((1 + beta) * (1 + beta) * x - 2 * beta * (1 + beta) * y + beta * beta * z),
        mean * ((1 + beta) * x - beta * y), x,
      ]
      growth = next.map(abs).max()! / moments.map(abs).max()!
      let size = next.map(abs).max()!
      moments = next.map { $0 / size }
    }
    return growth
  }
}
