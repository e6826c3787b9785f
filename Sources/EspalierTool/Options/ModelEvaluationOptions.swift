import ArgumentParser
import EspalierFiles
import EspalierRegression
import EspalierReports
import EspalierTables
import EspalierWorkflows

/// The options of `evaluate` for a model that `fit` wrote.
struct ModelEvaluationOptions: ParsableArguments {
  @Option(
    help: """
      Of a model that fit wrote: measure by group too, of equal values in this column (of a LIBSVM file, of the \
      feature of this index).
      """)
  var by: String?
  @Option(help: "Of a model that fit wrote: a column of weights.") var weights: String?
  @Option(help: "Of a model that fit wrote: the target column; by default that of the model.") var target: String?
  @Option(help: "Levels that the model does not know: refuse, or zero (as the reference level).")
  var unknown = UnknownLevels.refuse
  @OptionGroup(title: "Tables, for a model that fit wrote") var table: TableFormatOptions

  /// The names of the options that are given and are not for networks.
  var given: [String] {
    [
      ("--by", by != nil), ("--weights", weights != nil), ("--target", target != nil),
      ("--unknown", unknown != .refuse), ("--format", table.format != nil),
      ("--delimiter", table.delimiter != nil), ("--no-header", table.noHeader), ("--decimal", table.decimal != nil),
      ("--missing", table.missing != .refuse), ("--missing-values", table.missingValues != nil),
      ("--comment", table.comment != nil),
    ].filter(\.1).map(\.0)
  }

  /// Measures the model at `path` on the rows of `data`, and writes the result.
  func evaluate(model path: String, data: String, json: String?) throws {
    try OutputPlan(
      reading: [.file(path, "MODEL"), .file(data, "--data")], writing: [.text(json, "--json")]
    ).check()
    let predictor = try Predictor(try FittedModel.read(path))
    let file = try table.open(data)
    file.remarks.forEach(StandardError.warn)
    let evaluation = try ModelEvaluation(
      predictor,
      on: predictor.labelledRows(
        of: file, target: target, weights: weights, group: by, missing: table.missing, unknown: unknown))
    if let json { try JSONReport.write(EvaluationJSON(evaluation), to: json) }
    guard json != "-" else { return }
    try StandardOutput.print(TextTable(evaluation.summary, for: .standardOutput).text)
    for table in [evaluation.calibrationTable, by.flatMap { evaluation.groupTable(column: $0) }].compactMap({ $0 }) {
      try StandardOutput.print("\n" + TextTable(table, for: .standardOutput).text)
    }
    if evaluation.droppedCount > 0 {
      try StandardOutput.print("\n\(evaluation.droppedCount) rows with a missing value are left out")
    }
  }
}
