import EspalierProximalPoint
import Testing

/// The distributions of test statistics, against SciPy 1.17.
struct DistributionTests {
  /// Degrees of freedom, t, and `2 * scipy.stats.t.sf(t, degrees)`.
  static let tails: [(degrees: Double, t: Double, share: Double)] = [
    (1, 0.5, 0.7048327646991335),
    (2, 12.7, 0.006142941599595777),
    (5, 2.1, 0.08975324988459879),
    (30, 1.96, 0.05934231289605049),
    (101, 3.5, 0.0006938490020794131),
    (5000, 8.0, 1.5339871886915484e-15),
    (1000000.0, 0.01, 0.9920212893655476),
    (100000000.0, 5.0, 5.733041101267264e-07),
  ]

  @Test(arguments: tails) func studentTailsAgree(_ degrees: Double, _ t: Double, _ share: Double) {
    let ours = StudentT(degrees: degrees).twoSided(t)
    #expect(abs(ours - share) <= 1e-9 * share)
    #expect(abs(StudentT(degrees: degrees).twoSidedQuantile(ours) - t) <= 1e-9 * t)
  }

  /// z, and `2 * scipy.stats.norm.sf(z)`.
  static let normals: [(z: Double, share: Double)] = [
    (0.001, 0.9992021155721779),
    (0.5, 0.6170750774519738),
    (1.96, 0.04999579029644087),
    (6.0, 1.973175290075389e-09),
    (15.0, 7.341932398625397e-51),
    (30.0, 9.813427854295816e-198),
  ]

  @Test(arguments: normals) func normalTailsAgree(_ z: Double, _ share: Double) {
    #expect(abs(Normal.twoSided(z) - share) <= 1e-12 * share)
    #expect(abs(Normal.quantile(0.5 * share) + z) <= 1e-12 * (1 + z))
  }

  @Test func theIncreaseOfDigammaIsASumOfReciprocals() {
    // Beyond a thousand terms by the asymptotic series.
    var sum = 0.0
    for k in 0..<1500 { sum += 1 / (2.5 + Double(k)) }
    #expect(abs(digammaIncrease(from: 2.5, by: 1500) - sum) < 1e-13 * sum)
    var squares = 0.0
    for k in 0..<1500 { squares -= 1 / ((2.5 + Double(k)) * (2.5 + Double(k))) }
    #expect(abs(trigammaIncrease(from: 2.5, by: 1500) - squares) < 1e-13 * -squares)
    #expect(abs(digammaIncrease(from: 0.3, by: 2) - (1 / 0.3 + 1 / 1.3)) < 1e-15)
  }
}
