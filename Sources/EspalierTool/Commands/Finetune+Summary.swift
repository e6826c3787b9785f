import EspalierReports
import EspalierWorkflows

extension FinetuneJSON.Distillation {
  /// The outputs and errors, as text.
  func texts(for terminal: Terminal) -> [String] {
    let table = TextTable(outputs.table, for: terminal).text
    if let record {
      let report = DistillationReport(record, fidelityBefore: nil)
      return [
        TextTable(report.table, for: terminal).text, table, report.sentences.map(\.printable).joined(separator: "\n"),
      ]
    }
    return [
      table + "\n\nsum of relative squared errors behind pruned blocks and at outputs, \(before.points.count) points: "
        + "\(Format.number(before.error, digits: 3)) before, \(Format.number(after.error, digits: 3)) after"
    ]
  }

  /// The outputs that have become worse, each in a sentence.
  var warnings: [String] {
    outputs.worsened.map {
      "output \"\($0)\" is further from the teacher's than before, though the sum of errors is not"
    }
  }
}

extension FinetuneJSON.Distillation.Outputs {
  /// The outputs whose error increased.
  var worsened: [String] {
    zip(before.outputs, after.outputs).compactMap { old, new in
      (new.relativeError ?? 0) > (old.relativeError ?? 0) ? new.name : nil
    }
  }

  /// A row for each output.
  fileprivate var table: Table {
    // Not every output is a row of classes.
    let hasClasses = after.outputs.contains { $0.agreement != nil }
    return Table(
      ["Output", .numbers("relative error before"), .numbers("after")]
        + (hasClasses ? [.numbers("top-1 agreement before"), .numbers("after")] : []),
      rows: zip(before.outputs, after.outputs).map { old, new in
        [Cell(new.name)] + [old.relativeError, new.relativeError].map { $0.map { .number($0, digits: 3) } ?? "" }
          + (hasClasses ? [old.agreement, new.agreement].map { $0.map { .percent($0) } ?? "" } : [])
      }, caption: "Against the teacher, on \(Format.grouped(after.samples)) inputs.")
  }
}
