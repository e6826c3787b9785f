import EspalierReports

/// A claim of the paper, and the result of the trials.
package struct RobustnessClaim: Sendable, Encodable {
  /// The claim.
  package let text: String
  /// Whether it holds.
  package let verdict: Verdict
  /// The evidence.
  package let evidence: String

  /// The claim, verdict and evidence in a line for the terminal.
  package var line: String {
    "claim: \(text) \(word): \(evidence)"
  }

  /// The claim for a report.
  package var block: Block { .verdict(verdict, claim: text, evidence: evidence) }

  /// A claim that the runs made cannot decide, and why.
  static func leftOpen(_ text: String, because evidence: String) -> RobustnessClaim {
    RobustnessClaim(text: text, verdict: .information, evidence: evidence)
  }

  private var word: String {
    switch verdict {
    case .holds: "holds"
    case .mixed: "holds in part"
    case .fails: "FAILS"
    case .information, .caution: "is left open"
    }
  }

  private enum CodingKeys: String, CodingKey { case claim, verdict, evidence }

  /// Writes claim, verdict in words and evidence.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(text, forKey: .claim)
    try container.encode(word.lowercased(), forKey: .verdict)
    try container.encode(evidence, forKey: .evidence)
  }
}
