import EspalierReports

extension RulesExperiment {
  /// The claims on the controlled rule, and where it loses.
  package var claims: [JudgedClaim] {
    [keepsSpeed, keepsNeighbourhood, reachesAtEveryStep]
      + UpdateRule.rivals.map(isAsGoodUntuned) + UpdateRule.rivals.map(isAsGoodTuned)
  }

  /// The pairs of data set and step size.
  private var places: [(data: String, place: Int)] {
    dataSets.flatMap { data in settings.steps.indices.map { (data, $0) } }
  }

  private func run(_ rule: UpdateRule, _ at: (data: String, place: Int)) -> RegressionRun {
    runs(at.data, rule)[at.place]
  }

  private func words(_ at: (data: String, place: Int)) -> String {
    "\(at.data) with η = \(Format.number(settings.steps[at.place]))"
  }

  private static func list(_ words: [String]) -> String {
    words.isEmpty ? "." : ": not for " + words.joined(separator: "; ") + "."
  }

  private var keepsSpeed: JudgedClaim {
    let text = "The controlled rule keeps momentum's speed at every step size, within one epoch."
    let comparable = places.filter { run(.damped, $0).epochs != nil || run(.sppa, $0).epochs != nil }
    guard !comparable.isEmpty else { return .leftOpen(text, because: "No run of SPPA or SPPAM comes near an optimum.") }
    let slower = comparable.filter { at in
      let best = min(run(.damped, at).epochs ?? .max, run(.sppa, at).epochs ?? .max)
      return (run(.controlled, at).epochs ?? .max) > best + 1
    }
    return JudgedClaim(
      text: text, verdict: Verdict(comparable.count - slower.count, of: comparable.count),
      evidence: "In \(comparable.count - slower.count) of \(comparable.count) pairs of data set and step size where "
        + "SPPA or damped SPPAM comes near the optimum" + Self.list(slower.map(words)))
  }

  private var keepsNeighbourhood: JudgedClaim {
    let larger = places.filter { run(.controlled, $0).remaining > max(run(.sppa, $0).remaining, 1e-6) }
    return JudgedClaim(
      text: "It ends in no larger a neighbourhood than SPPA with the same step size.",
      verdict: larger.isEmpty ? .holds : larger.count * 2 < places.count ? .mixed : .fails,
      evidence: "In \(places.count - larger.count) of \(places.count) pairs of data set and step size"
        + Self.list(larger.map(words)))
  }

  private var reachesAtEveryStep: JudgedClaim {
    let counts = UpdateRule.allCases.map { rule in (rule, places.count { run(rule, $0).epochs != nil }) }
    let own = counts.first { $0.0 == .controlled }!.1
    let others = counts.filter { $0.0 != .controlled }.map(\.1).max()!
    return JudgedClaim(
      text: "It comes near the optimum from more step sizes than any other rule.",
      verdict: own == places.count ? .holds : own > others ? .mixed : .fails,
      evidence: "Pairs of \(places.count) that come within 1 % of the optimum in \(settings.epochs) epochs: "
        + counts.map { "\($0.0.rawValue) \($0.1)" }.joined(separator: ", ") + ".")
  }

  /// The controlled rule from step size 1 against a rival with the best step size of all.
  private func isAsGoodUntuned(_ rival: UpdateRule) -> JudgedClaim {
    let one = settings.steps.indices.min { abs(settings.steps[$0] - 1) < abs(settings.steps[$1] - 1) }!
    return comparison(
      "From one step size for all data sets, it is as near the optimum as \(rival.rawValue) tuned to each.",
      dataSets.map { data in
        (data, runs(data, .controlled)[one], runs(data, rival).min { $0.remaining < $1.remaining }!)
      })
  }

  private func isAsGoodTuned(_ rival: UpdateRule) -> JudgedClaim {
    comparison(
      "Tuned as well, it is as near the optimum as \(rival.rawValue).",
      dataSets.map { data in
        func best(_ rule: UpdateRule) -> RegressionRun { runs(data, rule).min { $0.remaining < $1.remaining }! }
        return (data, best(.controlled), best(rival))
      })
  }

  private func comparison(
    _ text: String, _ pairs: [(data: String, own: RegressionRun, rival: RegressionRun)]
  ) -> JudgedClaim {
    // What remains below 1e-6 is the accuracy of the optimum.
    let lost = pairs.filter { $0.own.remaining > max($0.rival.remaining, 1e-6) }
    return JudgedClaim(
      text: text, verdict: Verdict(pairs.count - lost.count, of: pairs.count),
      evidence: "What remains of the way after \(settings.epochs) epochs, own and rival's: "
        + pairs.map {
          "\($0.data) \(Format.number($0.own.remaining, digits: 2)) and \(Format.number($0.rival.remaining, digits: 2))"
        }.joined(separator: ", ") + ".")
  }
}
