import EspalierTestSupport
import Foundation
import Testing

/// `--family multinomial` of `fit`, `predict` and `probe` by output and exit codes.
struct MultinomialFitTests {
  private let folder: TemporaryDirectory
  private static let iris = MultinomialAgreementTests.folder.appendingPathComponent("iris.csv").path
  private static let species = ["--target", "species", "--family", "multinomial", "--exclude", "weight"]

  init() throws { folder = try TemporaryDirectory() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func file(_ text: String, _ name: String = "data.csv") throws -> String {
    try folder.file(name, Array(text.utf8))
  }

  private func json(_ outcome: Tool.Outcome) throws -> [String: Any] {
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func fit(_ arguments: [String], of file: String = iris) throws -> [String: Any] {
    try json(try Tool.run(arguments: ["fit", file] + Self.species + arguments + ["--json", "-"]))
  }

  /// All numbers of a result in an order of their names.
  private func numbers(_ result: [String: Any]) throws -> [Double] {
    let intercept = try #require(result["intercept"] as? [String: Double])
    let coefficients = try #require(result["coefficients"] as? [String: [String: Double]])
    return intercept.sorted { $0.key < $1.key }.map(\.value)
      + coefficients.sorted { $0.key < $1.key }.flatMap { $0.value.sorted { $0.key < $1.key }.map(\.value) }
  }

  private func distance(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).map { abs($0 - $1) }.max() ?? .infinity
  }

  /// Classes of the shares 1/2, 1/4, 1/4 whatever x is: the intercepts are their logarithms, less the average.
  @Test func sharesGiveTheIntercepts() throws {
    let data = try file("k,x,z\nb,1,0\na,1,0\nc,1,0\na,1,0\nb,-1,0\na,-1,0\nc,-1,0\na,-1,0\n")
    let result = try json(
      try Tool.run("fit", data, "--target", "k", "--family", "multinomial", "--json", "-", "--model", path("m.json")))
    #expect(result["classes"] as? [String] == ["a", "b", "c"] && result["constantColumns"] as? [String] == ["z"])
    let intercept = try #require(result["intercept"] as? [String: Double])
    #expect(abs(intercept["a"]! - 2 * log(2) / 3) < 1e-6 && abs(intercept["b"]! + log(2) / 3) < 1e-6)
    let prediction = try Tool.run("predict", path("m.json"), try file("x\n0\n", "new.csv"))
    #expect(prediction.output.hasPrefix("class,probability=a,probability=b,probability=c\na,"), "\(prediction)")
  }

  /// Two classes are a binomial model whose coefficients are the differences.
  @Test func twoClassesAreTheBinomialModel() throws {
    let data = try file("k,x\nno,1\nyes,2\nno,3\nyes,4\nno,0\nyes,1\n")
    func result(_ family: String) throws -> [String: Any] {
      try json(try Tool.run("fit", data, "--target", "k", "--family", family, "--json", "-"))
    }
    let (two, one) = (try result("multinomial"), try result("binomial"))
    let coefficients = try #require(two["coefficients"] as? [String: [String: Double]])
    let slope = (one["coefficients"] as! [String: Double])["x"]!
    #expect(abs(coefficients["yes"]!["x"]! - coefficients["no"]!["x"]! - slope) < 1e-6)
    #expect(abs((two["objective"] as! Double) - (one["objective"] as! Double)) < 1e-10)
    // Other families have the keys that they had.
    #expect(one["classes"] == nil && one["intercept"] is Double)
  }

  @Test func theModelFileIsReadAsItWasWritten() throws {
    let arguments = ["--l2", "0.01", "--model", path("model.json")]
    let result = try fit(arguments)
    let data = try Data(contentsOf: URL(fileURLWithPath: path("model.json")))
    let model = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(model["classes"] as? [String] == ["setosa", "versicolor", "virginica"])
    #expect(model["link"] as? String == "softmax" && model["target"] as? String == "species")
    #expect(try distance(numbers(model), numbers(result)) == 0)
    let prediction = try Tool.run("predict", path("model.json"), Self.iris)
    let lines = prediction.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    #expect(lines.count == 150)
    let sums = lines.map { $0.dropFirst().reduce(0) { $0 + Double($1)! } }
    #expect(sums.allSatisfy { abs($0 - 1) < 1e-12 })
    let right = lines.enumerated().count { $1[0] == ["setosa", "versicolor", "virginica"][$0 / 50] }
    #expect(right >= 140)

    let text = String(decoding: data, as: UTF8.self)
    for damage in [("\"virginica\" : {", "\"other\" : {"), ("\"petal_width\" : ", "\"petal\" : ")] {
      let damaged = try file(text.replacing(damage.0, with: damage.1), "damaged.json")
      let outcome = try Tool.run("predict", damaged, Self.iris)
      #expect(outcome.status == 65, "\(damage) \(outcome)")
    }
  }

  @Test func theTableNamesTheClasses() throws {
    let outcome = try Tool.run(
      arguments: ["fit", Self.iris] + Self.species + ["--l2", "0.01", "--report", path("report.html")])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Class") && outcome.output.contains("virginica"))
    #expect(outcome.output.contains("(multinomial, "))
    #expect(try String(contentsOfFile: path("report.html"), encoding: .utf8).contains("versicolor"))
  }

  @Test(arguments: ["sgd", "sgdm", "nesterov", "sppa", "sppam"])
  func streamingTakesTheSameSteps(method: String) throws {
    let arguments = ["--method", method, "--step", "0.01", "--epochs", "3", "--l2", "0.01", "--standardize"]
    let memory = try fit(arguments)
    let stream = try fit(arguments + ["--stream"])
    #expect(memory["steps"] as? Int == 45 && stream["steps"] as? Int == 45 && memory["status"] as? String == "stopped")
    #expect(try distance(numbers(memory), numbers(stream)) < 1e-12)
    #expect(abs((memory["objective"] as! Double) - (stream["objective"] as! Double)) < 1e-12)
  }

  @Test func aStreamWithoutAStepSizeComesNear() throws {
    // Rows are in random order, as they usually arrive; sorted by class, steps would see one class for long.
    let lines = try String(contentsOfFile: Self.iris, encoding: .utf8).split(separator: "\n")
    let mixed = try file(
      ([lines[0]] + (0..<150).map { lines[1 + $0 * 47 % 150] }).joined(separator: "\n") + "\n", "mixed.csv")
    let optimum = try fit(["--l2", "0.05"])
    let stream = try fit(["--l2", "0.05", "--stream", "--epochs", "30"], of: mixed)
    #expect((stream["objective"] as! Double) - (optimum["objective"] as! Double) < 1e-2)
  }

  @Test func theProgressiveLossIsTakenBeforeLearning() throws {
    let data = try file("k,x\na,1\nb,1\n")
    let result = try json(
      try Tool.run(
        "fit", data, "--target", "k", "--family", "multinomial", "--method", "sgd", "--step", "1", "--batch", "1",
        "--epochs", "1", "--no-intercept", "--progressive", "--json", "-"))
    // At 0 the first loss is log 2; its step moves the predictors by 1/2 and -1/2, and the second is log(1 + e).
    #expect(abs((result["progressiveLoss"] as! Double) - (log(2) + log(1 + exp(1))) / 2) < 1e-12)
  }

  @Test func heldOutRowsStopTheFit() throws {
    var text = "species,weight,x,z\n"
    for row in 0..<90 { text += "\((row * 7919) % 3),1,\((row * 104_729) % 17),\((row * 31) % 7)\n" }
    let result = try fit(
      ["--method", "sppa", "--epochs", "500", "--standardize", "--validation", "0.2"], of: file(text))
    #expect((result["reason"] as? String)?.contains("held-out loss has not improved") == true)
    #expect((result["epochs"] as! Int) < 500 && result["validationLoss"] is Double)
  }

  @Test func aDivergedFitSaysSoAndWritesNoModel() throws {
    let data = try file("species,weight,x\na,1,1e200\nb,1,-3e200\nc,1,2e200\na,1,-1e200\n")
    let outcome = try Tool.run(
      arguments: ["fit", data] + Self.species + [
        "--method", "sgd", "--step", "1e200", "--json", path("result.json"), "--model", path("model.json"),
      ])
    #expect(outcome.status == 2 && outcome.complaint.contains("diverged at step"), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: path("model.json")))
    #expect(try String(contentsOfFile: path("result.json"), encoding: .utf8).contains("\"status\" : \"diverged\""))
  }

  @Test func sparseRowsAreFittedAndPredicted() throws {
    let data = try file("1 1:1\n2 2:1\n3 3:1\n1 1:2\n2 2:2\n3 3:3\n1 2:1\n2 3:1\n3 1:1\n", "data.svm")
    let outcome = try Tool.run(
      "fit", data, "--family", "multinomial", "--l2", "0.001", "--model", path("model.json"), "--json", "-")
    #expect(try json(outcome)["classes"] as? [String] == ["1", "2", "3"])
    let prediction = try Tool.run("predict", path("model.json"), data)
    let classes = prediction.output.split(separator: "\n").dropFirst().map { String($0.first!) }
    #expect(Array(classes.prefix(6)) == ["1", "2", "3", "1", "2", "3"])
  }

  @Test func theProbeKnowsTheCurvature() throws {
    let data = try file("k,x\na,2\nb,1\nc,1\n")
    let result = try json(
      try Tool.run("probe", data, "--target", "k", "--family", "multinomial", "--no-intercept", "--json", "-"))
    // At 0 the matrix of the shares has the eigenvalue 1/3.
    #expect(abs((result["largestExampleCurvature"] as! Double) - 4.0 / 3) < 1e-12)
    #expect(abs((result["averageCurvature"] as! Double) - 6.0 / 9) < 1e-6 && result["coefficients"] as? Int == 3)
  }

  @Test(arguments: [
    (["--offset", "weight"], "--offset and --exposure are not for"),
    (["--exposure", "weight"], "--offset and --exposure are not for"),
    (["--family-parameter", "2"], "has no --family-parameter"),
    (["--batch-mode", "joint"], "--batch-mode joint is not for"),
    (["--damping", "contraction"], "--damping"),
  ])
  func whatIsNotSupportedIsAUsageError(arguments: [String], message: String) throws {
    let outcome = try Tool.run(
      arguments: ["fit", Self.iris, "--target", "species", "--family", "multinomial"] + arguments)
    #expect(outcome.status == 64 && outcome.errors.contains(message), "\(outcome)")
  }

  @Test func oneClassIsNone() throws {
    let outcome = try Tool.run("fit", file("k,x\na,1\na,2\n"), "--target", "k", "--family", "multinomial")
    #expect(outcome.status == 65 && outcome.errors.contains("one class alone"))
  }
}
