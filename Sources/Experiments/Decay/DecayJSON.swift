/// The JSON of `reproduce ispasp-decay`.
package struct DecayJSON: Encodable {
  let trials: Int
  let claims: [JudgedClaim]
  let decays: [SyntheticDecay]
  let recoveries: [SupportRecovery]
  let depths: [DepthDecay]
  let trained: [TrainedDecay]

  /// The figures of `report`.
  package init(_ report: DecayReport) {
    (trials, claims) = (report.trials, report.claims)
    (decays, recoveries, depths, trained) = (report.decays, report.recoveries, report.depths, report.trained)
  }
}
