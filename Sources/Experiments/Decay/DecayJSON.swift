import EspalierReports

/// The JSON of `reproduce ispasp-decay`.
package struct DecayJSON: Encodable {
  struct Claim: Encodable {
    let claim: String
    let verdict: String
    let evidence: String
  }

  let trials: Int
  let claims: [Claim]
  let decays: [SyntheticDecay]
  let recoveries: [SupportRecovery]
  let depths: [DepthDecay]
  let trained: [TrainedDecay]

  /// The figures of `report`.
  package init(_ report: DecayReport) {
    trials = report.trials
    claims = report.claims.map { Claim(claim: $0.text, verdict: "\($0.verdict)", evidence: $0.evidence) }
    (decays, recoveries, depths, trained) = (report.decays, report.recoveries, report.depths, report.trained)
  }
}
