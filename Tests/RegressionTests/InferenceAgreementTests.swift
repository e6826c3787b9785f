import EspalierRegression
import Testing

/// Standard errors, tests, intervals and measures of goodness against statsmodels.
struct InferenceAgreementTests {
  private func isClose(_ ours: Double?, _ theirs: Double, _ tolerance: Double) -> Bool {
    guard let ours else { return false }
    return abs(ours - theirs) <= tolerance * abs(theirs)
  }

  @Test func thereAreCasesOfEveryFamilyAndCovariance() {
    let cases = InferenceCase.all
    #expect(
      Set(cases.map(\.family)) == [
        .gaussian, .binomial, .poisson, .gamma, .negativeBinomial, .multinomial, .huber, .quantile,
      ])
    #expect(Set(cases.compactMap(\.covariance)) == [.hc0, .hc1, .hc2, .hc3])
    #expect(cases.contains { $0.cluster != nil })
  }

  @Test(arguments: InferenceCase.all) func uncertaintiesEqualThoseOfStatsmodels(_ example: InferenceCase) throws {
    let inference = try example.inference()
    let tolerance = 1e-6
    #expect(inference.absence == nil)
    #expect(inference.coefficients.count == example.errors.count)
    for (place, coefficient) in inference.coefficients.enumerated() {
      let uncertainty = try #require(coefficient.uncertainty)
      let error = example.errors[place]
      #expect(abs(coefficient.estimate - example.estimates[place]) <= tolerance * error, "\(coefficient.name)")
      #expect(isClose(uncertainty.standardError, error, tolerance), "\(coefficient.name)")
      #expect(abs(uncertainty.interval.lowerBound - example.lower[place]) <= 10 * tolerance * error)
      #expect(abs(uncertainty.interval.upperBound - example.upper[place]) <= 10 * tolerance * error)
      #expect(abs(uncertainty.pValue - example.pValues[place]) <= 10 * tolerance)
    }
  }

  @Test(arguments: InferenceCase.all) func measuresEqualThoseOfStatsmodels(_ example: InferenceCase) throws {
    let inference = try example.inference()
    let goodness = try #require(inference.goodness)
    let ours: [String: Double?] = [
      "deviance": goodness.deviance, "nullDeviance": goodness.nullDeviance, "pearson": goodness.pearson,
      "dispersion": inference.dispersion?.value, "logLikelihood": goodness.logLikelihood, "aic": goodness.aic,
      "bic": goodness.bic, "r2": goodness.explained, "adjusted": goodness.adjusted,
    ]
    for (name, value) in example.measures { #expect(isClose(ours[name] ?? nil, value, 1e-6), "\(name)") }
  }

  @Test(arguments: InferenceCase.all.filter { $0.family != .quantile && $0.auto != true })
  func streamedRowsGiveTheSame(_ example: InferenceCase) throws {
    let (memory, stream) = (try example.inference(), try example.inference(isStreamed: true))
    for (ours, theirs) in zip(stream.coefficients, memory.coefficients) {
      let (first, second) = (try #require(ours.uncertainty), try #require(theirs.uncertainty))
      #expect(isClose(first.standardError, second.standardError, 1e-7))
    }
    #expect(isClose(stream.goodness?.nullDeviance, memory.goodness?.nullDeviance ?? .nan, 1e-10))
  }
}
