import EspalierExperiments
import EspalierReports
import Testing

/// The verdicts on the controlled rule.
struct RulesExperimentTests {
  private let settings = RulesExperiment.Settings(stepCount: 3, epochs: 5)

  /// Every rule on one data set: epochs and what remains for the controlled rule, and for all others.
  private func result(own: (epochs: Int?, remaining: Double), others: (epochs: Int?, remaining: Double))
    -> RulesExperiment
  {
    RulesExperiment(
      settings,
      runs: UpdateRule.allCases.flatMap { rule in
        settings.steps.map { step in
          let end = rule == .controlled ? own : others
          return RegressionRun("set", rule, step: step, epochs: end.epochs, remaining: end.remaining)
        }
      }, dataSets: ["set"], missing: [])
  }

  @Test func aBetterRuleHolds() {
    let claims = result(own: (2, 1e-5), others: (3, 1e-3)).claims
    #expect(claims.allSatisfy { $0.verdict == .holds })
  }

  @Test func aWorseRuleFails() {
    let claims = result(own: (nil, 0.5), others: (3, 1e-3)).claims
    #expect(claims.allSatisfy { $0.verdict == .fails })
  }

  @Test func whereNobodyGetsNearTheSpeedIsLeftOpen() {
    let claims = result(own: (2, 1e-5), others: (nil, .infinity)).claims
    #expect(claims[0].verdict == .open)
    #expect(claims[0].line.contains("is left open"))
  }
}
