import EspalierExperiments
import EspalierProximalPoint
import EspalierReports
import Testing

/// The theory's figures beside measured ones.
struct RatesExperimentTests {
  @Test func measuredFactorsAreThoseOfTheSpectralRadius() {
    for row in ContractionFactors(seed: 1).rows {
      let radius = (1...10).map {
        QuadraticMethod.proximalPointWithMomentum.spectralRadius(
          step: row.scaledConvexity, momentum: row.momentum, eigenvalue: Double($0))
      }.max()!
      // A double root decays as t r^t, which 1000 steps see as a factor of a few thousandths.
      #expect(abs(row.measured / (radius * radius) - 1) < 0.01, "\(row)")
      #expect(abs(row.measuredPlain / row.plain - 1) < 1e-9)
      #expect(row.measured <= row.bound && row.tightness <= 1 + 1e-12)
      // Never below SPPA's own factor: 4 / q^2 at least.
      #expect(row.bound >= 4 * row.plain)
    }
  }

  @Test func theNeighbourhoodIsTheFormulasGivenEnoughSteps() {
    let long = NeighbourhoodTrade(iterations: 20_000, seed: 1).claims
    #expect(long[0].verdict == .holds)
    // Momentum is neither always faster nor as near: the trade.
    #expect(long[1].verdict == .mixed && long[2].verdict == .fails && long[3].verdict == .mixed)
    #expect(NeighbourhoodTrade(iterations: 10, seed: 1).claims[0].verdict == .fails)
  }

  @Test func momentumThatDividesByOneMinusBetaMakesTheNeighbourhoodAsMuchLarger() {
    let (step, momentum) = (1e-4, 0.9)
    let method = QuadraticMethod.proximalPointWithMomentum
    let growth =
      method.stationaryVariance(step: step, momentum: momentum, eigenvalue: 1)
      / QuadraticMethod.proximalPoint.stationaryVariance(step: step, momentum: 0, eigenvalue: 1)
    #expect(abs(growth - 10) < 0.02)
  }

  @Test func onlyProximalMethodsConvergeUnderAllWrongConstants() {
    let result = ConstantSensitivity()
    func diverged(_ method: QuadraticMethod) -> Int { result.rows.count { $0.method == method && $0.rate >= 1 } }
    #expect(diverged(.proximalPoint) == 0 && diverged(.proximalPointWithMomentum) == 0)
    #expect(diverged(.gradientDescentWithMomentum) > 0 && diverged(.gradientDescent) > 0)
    for row in result.rows { #expect((row.rate < 1) == (row.neighbourhood != nil), "\(row)") }
  }

  @Test func dampedMomentumKeepsItsBoundWherePlainMomentumDiverges() throws {
    let result = try DampedProof(iterations: 500, seed: 2)
    let proven = result.rows.filter(\.isProven)
    #expect(!proven.isEmpty && proven.count < result.rows.count)
    for row in proven { #expect(row.damped <= row.bound && row.bound < 1, "\(row)") }
    #expect(result.rows.contains { $0.published >= 1 && $0.damped < 1 })
  }
}
