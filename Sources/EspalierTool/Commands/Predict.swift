import ArgumentParser
import EspalierFiles
import EspalierRegression
import EspalierReports
import EspalierTables
import Foundation

/// `espalier predict`.
struct Predict: ResourceCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what a model that fit wrote expects of each row.",
    discussion: """
      Writes a CSV with a line for each row, in order: the mean, and with two classes the more likely one. A \
      multinomial model gives the likeliest class, and the probability of each: class,probability=a,probability=b,... \
      Columns are found by name, so their order does not matter. --interval adds standard_error,lower,upper (of \
      several classes, each by class), and for Gaussian targets prediction_lower,prediction_upper; --residuals adds \
      residual,pearson,deviance,leverage.

      EXAMPLES:
        espalier predict model.json new.csv -o predictions.csv
        espalier predict model.json new.csv --interval 0.95
        espalier predict model.json rows.csv --residuals --scale link
      """)

  @Argument(help: "The model, as fit --model writes it.") var model: String
  @OptionGroup var data: DataFileOptions
  @Option(help: "Levels that the model does not know: refuse, or zero (as the reference level).")
  var unknown = UnknownLevels.refuse
  @OptionGroup var details: PredictionOptions
  @Option(name: .shortAndLong, help: "The CSV file to write, or - for standard output.") var output = "-"
  @OptionGroup var resources: ResourceOptions

  func validate() throws {
    guard data.missing != .drop else {
      throw ValidationError("--missing drop would leave rows without a prediction; take refuse or mean")
    }
  }

  func run() throws {
    try OutputPlan(
      reading: [.file(model, "MODEL"), .file(data.file, "FILE")], writing: [.text(output, "--output")]
    ).check()
    let predictor = try Predictor(try FittedModel.read(model))
    var columns = try PredictionColumns(predictor.model, details, subject: model)
    let file = try data.open()
    file.remarks.forEach(StandardError.warn)
    let reader = try predictor.rows(
      of: file, missing: data.missing, unknown: unknown, readsTarget: details.residuals, weights: details.weights)
    var lines = [columns.header]
    while let rows = try reader.next(atMost: 8192) { lines += columns.lines(rows, predictor) }
    columns.warn()
    let text = Data((lines.joined(separator: "\n") + "\n").utf8)
    if output == "-" {
      try StandardOutput.write(text)
    } else {
      try AtomicFile.write(text, to: output)
    }
  }
}
