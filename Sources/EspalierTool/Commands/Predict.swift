import ArgumentParser
import EspalierFiles
import EspalierRegression
import EspalierReports
import EspalierTables
import Foundation

/// `espalier predict`.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what a model that fit wrote expects of each row.",
    discussion: """
      Writes a CSV with a line for each row, in order: the mean, and with two classes the more likely one. A \
      multinomial model gives the likeliest class, and the probability of each: class,probability=a,probability=b,... \
      Columns are found by name, so their order does not matter.

      EXAMPLE:
        espalier predict model.json new.csv -o predictions.csv
      """)

  @Argument(help: "The model, as fit --model writes it.") var model: String
  @OptionGroup var data: DataFileOptions
  @Option(help: "Levels that the model does not know: refuse, or zero (as the reference level).")
  var unknown = UnknownLevels.refuse
  @Option(name: .shortAndLong, help: "The CSV file to write, or - for standard output.") var output = "-"

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
    let reader = try predictor.rows(of: data.open(), missing: data.missing, unknown: unknown)
    let ofEachClass = predictor.model.family.hasPredictorOfEachClass
    var lines = [Self.header(predictor.model)]
    var impossible = 0
    while let rows = try reader.next(atMost: 8192) {
      lines += predictor.predictions(rows).map { prediction in
        if prediction.means.contains(where: \.isNaN) { impossible += 1 }
        let means = prediction.means.map { "\($0)" }
        let name = prediction.class.map { [Self.quoted($0)] } ?? []
        return (ofEachClass ? name + means : means + name).joined(separator: ",")
      }
    }
    if impossible > 0 {
      StandardError.warn(
        "\(impossible) rows have no prediction (nan): their linear predictor has no mean with the link "
          + predictor.model.link)
    }
    let text = Data((lines.joined(separator: "\n") + "\n").utf8)
    if output == "-" {
      try StandardOutput.write(text)
    } else {
      try AtomicFile.write(text, to: output)
    }
  }

  private static func header(_ model: FittedModel) -> String {
    guard let classes = model.classes else { return "prediction" }
    guard model.family.hasPredictorOfEachClass else { return "prediction,class" }
    return (["class"] + classes.map { quoted("probability=\($0)") }).joined(separator: ",")
  }

  /// A field in the format of RFC 4180.
  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { ",\"\n\r".contains($0) }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
