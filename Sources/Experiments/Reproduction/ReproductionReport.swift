import EspalierFiles
import EspalierReports

/// What came out of a reproduction: for each exhibit of the papers its claims, judged, beside what the paper shows.
package struct ReproductionReport: Sendable {
  /// What became of one exhibit.
  package enum Outcome: Sendable {
    /// The experiment was run.
    case findings(Findings)
    /// It was not, because of a reason that ends no sentence.
    case notRun(because: String)
  }

  /// The outcome of each exhibit.
  let outcomes: [Exhibit: Outcome]
  /// The size of the experiments, in words.
  let size: String
  /// The command.
  let command: String

  /// The exhibits, in the order of the papers.
  package var exhibits: [Exhibit] { Exhibit.all.filter { outcomes[$0] != nil } }

  /// The claims at `exhibit`: first those of the paper, every one with a verdict, then ours.
  ///
  /// A claim of the paper that its experiment did not judge was not tried; it never counts as holding.
  package func claims(at exhibit: Exhibit) -> [JudgedClaim] {
    switch outcomes[exhibit] {
    case nil: []
    case .notRun(let reason)?: Claim.all(at: exhibit).map { .notTried($0, because: reason) }
    case .findings(let findings)?:
      Claim.all(at: exhibit).map { claim in
        findings.claims.first { $0.claim == claim }
          ?? .notTried(claim, because: "the experiment gave no verdict on it")
      } + findings.claims.filter { $0.claim.exhibit == nil }
    }
  }

  /// The claims of the papers, judged, in the order of the papers.
  package var publishedClaims: [JudgedClaim] {
    exhibits.flatMap { claims(at: $0) }.filter { $0.claim.exhibit != nil }
  }

  /// Writes the page and the claims as JSON.
  package func write(to folder: String) throws(EspalierError) {
    try document.write(to: "\(folder)/\(Reproduction.fileNames[0])")
    try JSONReport.write(
      exhibits.flatMap { exhibit in claims(at: exhibit).map { ClaimJSON($0, at: exhibit) } },
      to: "\(folder)/\(Reproduction.fileNames[1])")
  }
}

/// A judged claim in `claims.json`.
private struct ClaimJSON: Encodable {
  /// The paper; `null` for a claim of ours.
  @OrNull var paper: String?
  /// The place in the paper, or the exhibit beside which a claim of ours stands.
  let place: String
  let claim: String
  let verdict: String
  let reason: String
  /// The command of `espalier reproduce`.
  let experiment: String

  init(_ judged: JudgedClaim, at exhibit: Exhibit) {
    _paper = OrNull(wrappedValue: judged.claim.exhibit?.paper.rawValue)
    (place, experiment) = (exhibit.place, exhibit.experiment)
    (claim, verdict, reason) = (judged.text, judged.word.lowercased(), judged.reason)
  }
}
