import ArgumentParser
import EspalierDatasets
import EspalierRegression
import EspalierReports
import EspalierTraining

/// `espalier evaluate`.
struct Evaluate: NetworkCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how well a classifier, or a model that fit wrote, does on labelled data.",
    discussion: """
      Of a network: top-1 and top-5 accuracy and loss. Of a model that fit wrote: loss, deviance and the share of it \
      that is explained (D2); of classes accuracy, AUC, log loss, Brier score and calibration; of numbers R2, RMSE \
      and MAE; with --by, of each group.

      EXAMPLES:
        espalier evaluate small.onnx --data fashion-mnist:/usr/share/datasets/fashion-mnist
        espalier evaluate model.json --data new.csv --by region
      """)

  @Argument(help: "The ONNX file, or a model as fit --model writes it.") var model: ModelFile
  @Option(
    help: ArgumentHelp(
      """
      Labelled data: fashion-mnist:DIR, mnist:DIR, an IDX file, inputs.npy,labels.npy, an .npz, a directory of images, \
      or sentences (.tsv, .jsonl, a corpus); once for each input of the network where it has several. For a model that \
      fit wrote, a table.
      """, valueName: "[INPUT=]DATA"))
  var data: [DataArgument]
  @Option(help: "Which part of data that comes in two: train or test.") var split = Split.test
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @OptionGroup var options: RunOptions
  @OptionGroup var fitted: ModelEvaluationOptions

  func run() throws {
    if FittedModel.isModel(model.path) {
      guard data.count == 1 else { throw ValidationError("--data takes one table for a model that fit wrote") }
      guard split == .test else {
        throw ValidationError("--split is for the data of networks; a model that fit wrote is measured on all rows")
      }
      return try fitted.evaluate(model: model.path, data: data[0].text, json: json)
    }
    guard fitted.given.isEmpty else {
      throw ValidationError("\(fitted.given.joined(separator: ", ")): not for networks, but for models that fit wrote")
    }
    try OutputPlan(reading: [.model(model)] + PlannedInput.data(data, "--data"), writing: [.text(json, "--json")])
      .check()
    let model = try model.read()
    let dataset = try data.open(split, "--data", for: model, in: self.model)
    let line = options.progress("evaluating", total: dataset.count, unit: "samples")
    var done = 0
    let result = try self.model.blame {
      try Evaluation(of: model.graph, on: dataset, backend: options.chosenBackend) { count in
        line.advance(by: count - done)
        done = count
      }
    }
    line.finish()
    SkippedSamples.report(dataset.skipped)
    if let json { try JSONReport.write(result, to: json) }
    guard json != "-" else { return }
    try StandardOutput.print(
      TextTable(
        Table(
          [.numbers("samples"), .numbers("top-1"), .numbers("top-5"), .numbers("loss")],
          rows: [
            [
              Cell(Format.grouped(result.count)), .percent(result.top1, decimals: 2),
              .percent(result.top5, decimals: 2),
              .number(result.loss),
            ]
          ]), for: .standardOutput
      ).text)
  }
}
