import EspalierPruning
import EspalierReports

/// A distillation in words, tables and JSON: its record, and the fidelity before it.
package struct DistillationReport: Sendable {
  /// The record.
  package let record: DistillationRecord
  /// The agreement with the dense network before; `nil` if it was not measured.
  package let fidelityBefore: Fidelity?

  /// Reports on `record`.
  package init(_ record: DistillationRecord, fidelityBefore: Fidelity?) {
    (self.record, self.fidelityBefore) = (record, fidelityBefore)
  }

  /// A row for each part that was trained, in order.
  package var table: Table {
    Table(
      [
        "Trained", .numbers("layers"), .numbers("error before"), .numbers("after"), .numbers("steps"),
        .numbers("step size"), .numbers("time"),
      ],
      rows: record.blocks.map { block in
        let title = block.round == 3 ? "the whole network" : block.name + (block.round == 2 ? ", again" : "")
        return [
          Cell(title), .count(block.layers), .number(block.before, digits: 3), .number(block.after, digits: 3),
          .count(block.steps), .number(block.stepSize, digits: 2), .duration(block.seconds),
        ]
      },
      caption: "Errors are ‖small − dense‖² / ‖dense‖² at the end of a block, and at outputs that are class scores the "
        + "divergence KL(dense ‖ small) besides, on \(Format.grouped(record.heldOut)) inputs"
        + (record.measuresSeen ? " that were learnt from." : " held out."))
  }

  /// The result, in sentences.
  package var sentences: [String] {
    let (before, after) = (record.outputs.before, record.outputs.after)
    let errors = "\(Format.number(before, digits: 3)) to \(Format.number(after, digits: 3))"
    let agreement = fidelityBefore?.agreement.map { "; before it, top-1 agreement was \(Format.percent($0))" } ?? ""
    let gained =
      after < before
      ? "Distillation for \(Format.duration(record.seconds)) on \(Format.grouped(record.samples)) inputs lowered the "
        + "error of the outputs from \(errors)\(agreement)."
      : "Distillation for \(Format.duration(record.seconds)) gained nothing: the network is the one before it."
    return [gained]
  }

  /// The reasons why it may have gained less than it could.
  package var warnings: [String] {
    let nothing =
      record.outputs.after < record.outputs.before
      ? nil : "distillation gained nothing on inputs held out; take more inputs or more time"
    let few =
      record.measuresSeen
      ? "there are too few inputs to hold any out: errors of distillation are those of the inputs that were learnt from"
      : nil
    let thinned =
      record.samples < record.available * 3 / 4
      ? "distillation used \(Format.grouped(record.samples)) of \(Format.grouped(record.available)) inputs: more would "
        + "have left too little time to train; give more minutes"
      : nil
    let untrained = record.untrained.map { "block \"\($0.name)\" was left as it is: \($0.reason)" }
    return [nothing, few, thinned].compactMap { $0 } + untrained
  }
}
