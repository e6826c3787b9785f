import EspalierFiles
import EspalierProximalPoint
import EspalierTensors
import Testing

/// Likelihoods whose maximum is at infinity are never called converged, and the coefficients that grow are named.
@Suite struct SeparationTests {
  /// Two features, of which a plane through both tells the classes apart.
  private func separated(_ count: Int = 40) throws -> Examples<DenseRows> {
    var generator = SeededGenerator(seed: 2)
    var (elements, targets) = ([Double](), [Double]())
    while targets.count < count {
      let (a, b) = (generator.normal(), generator.normal())
      guard abs(a + b) > 0.2 else { continue }
      elements += [a, 100 * b + 5000]
      targets.append(a + b > 0 ? 1 : 0)
    }
    return try Examples(DenseRows(dimension: 2, elements), targets: targets, intercept: true)
  }

  @Test(arguments: [2000, 0])
  func aPlaneBetweenClassesIsNoticed(newtonLimit: Int) throws {
    let result = try AutomaticSolver(newtonLimit: newtonLimit).minimize(LogisticLoss(), over: separated())
    #expect(result.status == .stopped && result.reason.contains("no finite optimum"), "\(result.reason)")
    #expect(result.unboundedCoordinates.contains(0) && result.unboundedCoordinates.contains(1))
    // A penalty has a finite optimum.
    let ridge = try AutomaticSolver(newtonLimit: newtonLimit).minimize(
      LogisticLoss(), over: separated(), regularizer: L2(0.001))
    #expect(ridge.status == .converged && ridge.unboundedCoordinates.isEmpty, "\(ridge.reason)")
  }

  /// Three levels and a number; one level has no event. The rest is as it is without the level.
  @Test(arguments: [2000, 0])
  func aLevelOfOneOutcomeIsNamedAndTheRestStaysRight(newtonLimit: Int) throws {
    var generator = SeededGenerator(seed: 31)
    for loss: any Loss in [LogisticLoss(), PoissonLoss(), NegativeBinomialLoss(dispersion: 1)] {
      var (elements, targets, kept, keptTargets) = ([Double](), [Double](), [Double](), [Double]())
      for row in 0..<90 {
        let (level, x) = (row % 3, generator.normal())
        let target = level == 1 ? 0 : generator.uniform() < 0.5 + 0.1 * x ? 1.0 : 0
        elements += [level == 1 ? 1 : 0, level == 2 ? 1 : 0, x]
        targets.append(target)
        guard level != 1 else { continue }
        kept += [level == 2 ? 1 : 0, x]
        keptTargets.append(target)
      }
      let examples = try Examples(DenseRows(dimension: 3, elements), targets: targets, intercept: true)
      let rest = try Examples(DenseRows(dimension: 2, kept), targets: keptTargets, intercept: true)
      let result = try AutomaticSolver(newtonLimit: newtonLimit).minimize(loss, over: examples)
      let finite = try AutomaticSolver().minimize(loss, over: rest)
      #expect(result.status == .stopped && result.unboundedCoordinates == [0], "\(loss.name) \(result.reason)")
      #expect(finite.status == .converged)
      #expect(distance(Array(result.solution.dropFirst()), finite.solution) < 1e-4)
    }
  }

  @Test func classesOfAMultinomialModelAreNamed() throws {
    // The third class is wherever x is above 1.
    var generator = SeededGenerator(seed: 8)
    let xs = (0..<90).map { _ in generator.normal() }
    let targets = xs.map { $0 > 1 ? 2 : Double(generator.index(below: 2)) }
    let examples = try Examples(DenseRows(dimension: 1, xs), targets: targets, intercept: true)
    let result = try AutomaticSolver().minimize(MultinomialLogisticLoss(classes: 3), over: examples)
    #expect(
      result.status == .stopped && result.unboundedCoordinates.contains(4),
      "\(result.reason) \(result.unboundedCoordinates)")
  }

  @Test func countsThatAreAllZeroHaveNoIntercept() throws {
    var generator = SeededGenerator(seed: 1)
    let rows = try DenseRows(dimension: 1, (0..<30).map { _ in generator.normal() })
    let examples = try Examples(rows, targets: [Double](repeating: 0, count: 30), intercept: true)
    let result = try AutomaticSolver().minimize(PoissonLoss(), over: examples)
    #expect(result.status == .stopped && result.unboundedCoordinates == [1], "\(result.reason)")
  }

  /// Probabilities of nearly 0 and 1, and yet a finite optimum: one row on the wrong side.
  @Test func aStrongEffectIsNoSeparation() throws {
    let base = try separated()
    var targets = base.targets
    targets[7] = 1 - targets[7]
    let examples = try Examples(base.rows, targets: targets, intercept: true)
    for newtonLimit in [2000, 0] {
      let result = try AutomaticSolver(newtonLimit: newtonLimit).minimize(LogisticLoss(), over: examples)
      #expect(result.status == .converged && result.unboundedCoordinates.isEmpty, "\(result.reason)")
    }
  }

  @Test func modelsWithoutFeaturesAreTheirIntercept() throws {
    let targets = [1.0, 4, 2, 5]
    let examples = try Examples(DenseRows(withoutFeatures: 4), targets: targets, intercept: true)
    let mean = try AutomaticSolver().minimize(SquaredLoss(), over: examples)
    #expect(mean.status == .converged && abs(mean.intercept - 3) < 1e-12 && mean.coefficients.isEmpty)
    let median = try AutomaticSolver().minimize(QuantileLoss(), over: examples)
    #expect(median.status == .converged && median.intercept >= 2 - 1e-5 && median.intercept <= 4 + 1e-5)
  }
}
