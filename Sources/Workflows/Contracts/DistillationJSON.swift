import EspalierReports

/// The JSON of a distillation, part of that of `prune`.
struct DistillationJSON: Encodable {
  let seconds: Double
  let samples: Int
  let heldOut: Int
  let blocks: [DistillationRecord.Block]
  let untrained: [DistillationRecord.Untrained]
  let outputs: DistillationRecord.Outputs
  @OrNull var fidelityBefore: PruneJSON.FidelityJSON?

  init(_ report: DistillationReport) {
    let record = report.record
    (seconds, samples, heldOut) = (record.seconds, record.samples, record.heldOut)
    (blocks, untrained, outputs) = (record.blocks, record.untrained, record.outputs)
    fidelityBefore = report.fidelityBefore.map(PruneJSON.FidelityJSON.init)
  }
}
