import EspalierTestSupport
import Foundation
import Testing

/// Tables as people have them: `fit` and `predict` read them alike, and say what they took them for.
struct TableCommandTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func file(_ text: String, _ name: String = "data.csv") throws -> String {
    try folder.file(name, Array(text.utf8))
  }

  private func fit(_ data: String, _ arguments: String...) throws -> (outcome: Tool.Outcome, json: [String: Any]) {
    try Tool.fit(data, ["--target", "y", "--family", "gaussian"] + arguments)
  }

  /// One table in four notations: the same fit.
  @Test(arguments: [
    ("x;y\n1,5;2\n2,5;4\n1000,25;3\n4;1\n", [String](), ["decimal mark is a comma", "separated by \";\""]),
    ("x;y\n1,5;2\n2,5;4\n1.000,25;3\n4;1\n", ["--decimal", ",", "--delimiter", ";"], ["\".\" between thousands"]),
    ("# units: EUR\nx,y\n€1.5,2\n€2.5,4\n\"€1,000.25\",3\n€4,1\n", ["--comment", "#"], ["written with €"]),
    (
      "x,y\n1.5,2\n?,9\n2.5,4\n\"1,000.25\",3\nnone,9\n4,1\n", ["--missing-values", "?,none", "--missing", "drop"],
      ["\",\" between thousands"]
    ),
  ])
  func notationsAreReadAndSaid(text: String, arguments: [String], sentences: [String]) throws {
    let plain = try fit(file("x,y\n1.5,2\n2.5,4\n1000.25,3\n4,1\n", "plain.csv"))
    let outcome = try Tool.run(
      arguments: [
        "fit", file(text), "--target", "y", "--family", "gaussian", "--json", "-", "--model", path("model.json"),
      ] + arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let json = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let (ours, theirs) = (json["coefficients"] as? [String: Double], plain.json["coefficients"] as? [String: Double])
    let difference = try #require(ours?["x"]) - #require(theirs?["x"])
    #expect(abs(difference) < 1e-12)
    for sentence in sentences { #expect(outcome.errors.contains(sentence), "\(outcome.errors)") }
    #expect(plain.outcome.errors.isEmpty)
    // The model reads rows in its notation.
    var predict = ["predict", path("model.json"), try file(text)] + arguments
    if let place = predict.firstIndex(of: "drop") { predict[place] = "mean" }
    let predictions = try Tool.run(arguments: predict)
    #expect(predictions.status == 0, "\(predictions.errors)")
  }

  /// A target in thousands is read alike in memory, in streams, where rows are dropped, and by `evaluate`.
  @Test(arguments: [[], ["--stream"], ["--missing", "drop"]])
  func targetsOfFormulasHaveNotations(options: [String]) throws {
    func table(_ separator: String) throws -> String {
      var text = "y,x,u\n"
      for row in 0..<40 {
        let missing = row == 5 && options.contains("drop")
        text += "\"\(1 + row % 7)\(separator)\(100 + row * 13 % 900)\",\(row % 9),\(missing ? "NA" : "\(row % 4)")\n"
      }
      return try file(text, separator.isEmpty ? "plain.csv" : "thousands.csv")
    }
    let tables = try [table(""), table(",")]
    var found: [[Double]] = []
    for data in tables {
      let arguments = ["--target", "y", "--family", "gaussian", "--formula", "~ poly(x, 2) + u"] + options
      let fit = try Tool.fit(data, arguments + ["--model", path("model.json")])
      #expect(fit.outcome.status == 0, "\(fit.outcome.errors)")
      let coefficients = try #require(fit.json["coefficients"] as? [String: Double])
      let missing = options.contains("drop") ? options : []
      let evaluation = try Tool.run(
        arguments: ["evaluate", path("model.json"), "--data", data, "--json", "-"] + missing)
      #expect(evaluation.status == 0, "\(evaluation.errors)")
      let json = try JSONSerialization.jsonObject(with: Data(evaluation.output.utf8)) as? [String: Any]
      found.append(coefficients.sorted { $0.key < $1.key }.map(\.value) + [try #require(json?["r2"] as? Double)])
    }
    #expect(found[0].count == 4 && found[0] == found[1])
  }

  @Test func anotherNotationThanTheModelsIsRefused() throws {
    let model = try fit(file("x,y\n$1,2\n$2,4\n$3,3\n"), "--model", path("model.json"))
    #expect(model.outcome.status == 0)
    let other = try Tool.run("predict", path("model.json"), file("x\n€1\n", "new.csv"))
    #expect(other.status == 65 && other.complaint.contains("line 2, column \"x\": \"€1\" is not a number"))
  }

  @Test func namesWithCommasAndBlanks() throws {
    let data = try file("\"price, EUR\",floor area,z,y\n1,2,3,4\n2,5,1,3\n4,4,4,1\n5,1,2,2\n7,3,3,9\n")
    let (outcome, json) = try fit(data, "--columns", "\"price, EUR\",floor area")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect((json["coefficients"] as? [String: Double])?.keys.sorted() == ["floor area", "price, EUR"])
    let unknown = try fit(data, "--columns", "price")
    #expect(unknown.outcome.status == 65 || unknown.outcome.status == 64)
    #expect(unknown.outcome.errors.contains("its columns are \"price, EUR\", floor area, z, y"))
  }

  @Test func foreignFilesGetTheLineThatConvertsThem() throws {
    let parquet = try folder.file("data.parquet", Array("PAR1\u{0}\u{1}".utf8))
    let outcome = try Tool.run("fit", parquet, "--target", "y", "--family", "gaussian")
    #expect(outcome.status == 65 && outcome.complaint.contains("is a Parquet file"))
    #expect(outcome.complaint.contains("pandas.read_parquet('\(parquet)')"))
  }

  @Test(arguments: [["--decimal", ";"], ["--comment", "##"], ["--decimal", ",", "--delimiter", ","]])
  func formatsThatMakeNoSenseAreUsageErrors(arguments: [String]) throws {
    let outcome = try Tool.run(
      arguments: ["fit", file("x,y\n1,2\n2,3\n"), "--target", "y", "--family", "gaussian"] + arguments)
    #expect(outcome.status == 64, "\(outcome)")
  }
}
