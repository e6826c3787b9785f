import EspalierArchitectures
import EspalierLinearAlgebra
import EspalierPruning
import EspalierTensors
import Testing

/// The two-layer theorem on random problems that satisfy its condition, and what is said where they do not.
struct RecoveryBoundTests {
  /// Nearly orthonormal columns: many more outputs than units.
  private func nearlyOrthonormal(_ units: Int, seed: UInt64, p: Double) -> SelectionProblem {
    var generator = SeededGenerator(seed: seed)
    let weight = TheoryProblems.gaussian(60 * units, units, &generator)
    return TheoryProblems.problem(weight, sizes: TheoryProblems.powerLaw(units, p, &generator), seed: seed)
  }

  @Test(arguments: [0.4, 0.9, 3], 0..<8 as Range<UInt64>)
  func residualsStayBelowTheBound(p: Double, seed: UInt64) throws {
    let problem = nearlyOrthonormal(18, seed: seed, p: p)
    for count in [1, 2, 3, 5, 8] {
      let theory = GroupTheory(of: problem, keeping: ISpaSP().select(count, of: problem).kept)
      let bound = try #require(theory.bound.residual, "the constant is \(theory.isometry)")
      let residual = try #require(theory.residual)
      #expect(theory.isometry.upper < RecoveryBound.threshold && residual <= bound)
      #expect(theory.verdict == (bound < theory.emptyResidual ?? 0 ? .promises : .vacuous))
    }
  }

  /// What is missed of the largest units is bounded too, also where something is missed.
  @Test func missedUnitsStayBelowTheBound() throws {
    var misses = 0
    for seed in 0..<200 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let weight = TheoryProblems.gaussian(60, 12, &generator)
      let sizes = (0..<12).map { _ in 1 + 0.2 * generator.uniform() }
      let problem = TheoryProblems.problem(weight, sizes: sizes, seed: seed)
      for count in [1, 2] {
        let theory = GroupTheory(of: problem, keeping: Array(0..<count))
        guard let bound = theory.bound.missed else { continue }
        let support = ISpaSP(iterations: 100).select(count, of: problem).kept
        let best = sizes.indices.sorted { sizes[$0] > sizes[$1] }.prefix(count)
        let missed = best.filter { !support.contains($0) }.reduce(0) { $0 + sizes[$1] * sizes[$1] }.squareRoot()
        if missed > 0 { misses += 1 }
        #expect(missed <= bound)
      }
    }
    #expect(misses > 0, "nothing was missed, so that the bound is not tested")
  }

  @Test func fromHalfOfTheUnitsOnNoConditionIsNeeded() throws {
    var generator = SeededGenerator(seed: 9)
    let problem = TheoryProblems.problem(
      TheoryProblems.gaussian(2, 10, &generator), sizes: TheoryProblems.powerLaw(10, 0.5, &generator))
    let theory = GroupTheory(of: problem, keeping: ISpaSP().select(5, of: problem).kept)
    #expect(theory.isometry.lower == 1 && theory.bound.missed == 0 && theory.foundShare == 1)
    let (residual, bound) = (try #require(theory.residual), try #require(theory.bound.residual))
    #expect(residual <= bound)
    #expect(theory.verdict == .promises && theory.sentence.contains("2s covers all units"))
  }

  @Test func withFewOutputsNothingIsPromised() {
    var generator = SeededGenerator(seed: 9)
    let problem = TheoryProblems.problem(
      TheoryProblems.gaussian(4, 20, &generator), sizes: TheoryProblems.powerLaw(20, 3, &generator))
    let theory = GroupTheory(of: problem, keeping: ISpaSP().select(3, of: problem).kept)
    #expect(theory.verdict == .notIsometric && theory.bound.residual == nil && theory.relativeBound == nil)
    #expect(theory.sentence.contains("promises nothing: the restricted isometry constant of order 9 is 1"))
    #expect(theory.sentence.contains("from p = 1 on compressibility promises no decay"))
  }

  /// The channels between the convolutions of a small network, whose taps read padding.
  private static func convolution() throws -> SelectionProblem {
    var generator = SeededGenerator(seed: 8)
    let graph = try #require(LeNet(classes: 4, imageSize: 16, channels: 1)).model(seed: 1).graph
    let inputs = Tensor(shape: [12, 1, 16, 16], (0..<12 * 256).map { _ in Float(generator.normal()) })
    let network = try CalibratedNetwork(
      graph, for: PruningRequest(keeping: 0.5),
      calibration: InMemoryCalibration([graph.inputs[0].name: inputs]))
    return network.problems[0]
  }

  /// The operator maps sizes of what is missing to importances: the trace of i-SpaSP is the oracle.
  @Test(arguments: [true, false])
  func theOperatorGivesImportances(isConvolution: Bool) throws {
    let problem = try isConvolution ? Self.convolution() : nearlyOrthonormal(9, seed: 3, p: 2)
    let matrix = problem.importanceOperator
    let trace = ISpaSP().select(3, of: problem).trace
    try #require(trace.count > 1)
    for (step, previous) in zip(trace.dropFirst(), trace) {
      var missing = problem.hiddenSize
      for unit in previous.support { missing[unit] = 0 }
      let importance = matrix.product(missing)
      let scale = importance.map(abs).max() ?? 1
      for (one, two) in zip(importance, step.importance) { #expect(abs(one - two) < 1e-9 * scale) }
    }
  }
}
