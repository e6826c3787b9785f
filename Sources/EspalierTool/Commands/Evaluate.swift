import ArgumentParser
import EspalierDatasets
import EspalierReports
import EspalierTraining

/// `espalier evaluate`.
struct Evaluate: NetworkCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how well a classifier does on labelled data.",
    discussion: "EXAMPLE:\n  espalier evaluate small.onnx --data fashion-mnist:/usr/share/datasets/fashion-mnist")

  @Argument(help: "The ONNX file.") var model: ModelFile
  @Option(
    help: ArgumentHelp(
      """
      Labelled data: fashion-mnist:DIR, mnist:DIR, an IDX file, inputs.npy,labels.npy, an .npz, a directory of images, \
      or sentences (.tsv, .jsonl, a corpus); once for each input of the network where it has several.
      """, valueName: "[INPUT=]DATA"))
  var data: [DataArgument]
  @Option(help: "Which part of data that comes in two: train or test.") var split = Split.test
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @OptionGroup var options: RunOptions

  func run() throws {
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
