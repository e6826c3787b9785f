import EspalierReports

/// A claim with the verdict that results give on it, and the reason.
package struct JudgedClaim: Hashable, Sendable {
  /// The claim.
  package let claim: Claim
  /// Whether it holds.
  package let verdict: Verdict
  /// The cases in which a claim holds that does not hold in all: `at 0.5, not at 0.25`.
  package let condition: String?
  /// The figures behind the verdict, in one or two sentences.
  package let evidence: String

  /// Judges `claim`.
  package init(_ claim: Claim, _ verdict: Verdict, condition: String? = nil, evidence: String) {
    self.claim = claim
    self.verdict = verdict
    self.condition = verdict == .mixed ? condition : nil
    self.evidence = evidence
  }

  /// Judges a claim by the cases that were tried, each with its name: it holds if it does in all of them, and is left
  /// open if there are none.
  package init(_ claim: Claim, cases: [(name: String, holds: Bool)], evidence: String) {
    let (good, bad) = (cases.filter(\.holds).map(\.name), cases.filter { !$0.holds }.map(\.name))
    self.init(
      claim, Verdict(good.count, of: cases.count),
      condition: "for \(good.joined(separator: ", ")); not for \(bad.joined(separator: ", "))", evidence: evidence)
  }

  /// A claim of ours.
  package init(text: String, verdict: Verdict, evidence: String) {
    self.init(Claim(ours: text), verdict, evidence: evidence)
  }

  /// A claim that was not tried because of `reason`, which ends no sentence.
  package static func notTried(_ claim: Claim, because reason: String) -> JudgedClaim {
    JudgedClaim(claim, .open, evidence: "Not tried, because \(reason).")
  }

  /// A claim of ours that what was tried does not decide; `evidence` says why.
  package static func leftOpen(_ text: String, because evidence: String) -> JudgedClaim {
    JudgedClaim(Claim(ours: text), .open, evidence: evidence)
  }

  /// The claim in a sentence.
  package var text: String { claim.statement }

  /// The condition, if there is one, and the evidence.
  package var reason: String {
    (condition.map { "Holds \($0). " } ?? "") + evidence
  }

  /// The verdict in words.
  package var word: String {
    switch verdict {
    case .holds: "holds"
    case .mixed: "holds in part"
    case .fails: "FAILS"
    case .open: "is left open"
    case .information, .caution: "note"
    }
  }

  /// The claim, its verdict and the reason in a line for the terminal.
  package var line: String { "claim: \(text) \(word): \(reason)" }

  /// The claim in a report.
  package var block: Block { .verdict(verdict, claim: text, evidence: reason) }
}

extension Verdict {
  /// The verdict on a claim that holds in `good` of the cases that were tried.
  init(_ good: Int, of tried: Int) {
    self = tried == 0 ? .open : good == tried ? .holds : good > 0 ? .mixed : .fails
  }
}

extension JudgedClaim: Encodable {
  private enum CodingKeys: String, CodingKey { case claim, verdict, evidence }

  /// Writes the claim, the verdict in words and the reason.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(text, forKey: .claim)
    try container.encode(word.lowercased(), forKey: .verdict)
    try container.encode(reason, forKey: .evidence)
  }
}
