import EspalierTestSupport
import Foundation
import Testing

/// `--family ordinal` by its outputs: thresholds, predictions, measures, and what it refuses.
struct OrdinalFitTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func file(_ text: String, _ name: String = "data.csv") throws -> String {
    try folder.file(name, Array(text.utf8))
  }

  private static let rows = [
    ("low", 0.1, "a"), ("low", 1.2, "b"), ("mid", 0.8, "a"), ("mid", 2.1, "b"), ("high", 1.9, "a"), ("high", 3.2, "b"),
    ("low", 1.5, "a"), ("mid", 1.1, "b"), ("high", 2.4, "a"), ("low", 0.3, "b"), ("mid", 2.6, "a"), ("high", 1.4, "b"),
  ]

  private var words: String { "y,x,g\n" + Self.rows.map { "\($0.0),\($0.1),\($0.2)\n" }.joined() }

  private func fit(_ text: String, _ arguments: [String]) throws -> (outcome: Tool.Outcome, json: [String: Any]) {
    try Tool.fit(file(text), ["--target", "y", "--family", "ordinal"] + arguments)
  }

  @Test func wordsAreInTheOrderThatIsGiven() throws {
    let levels = ["--levels", "low,mid,high"]
    let (outcome, json) = try fit(words, levels + ["--columns", "x"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(json["status"] as? String == "converged" && json["classes"] as? [String] == ["low", "mid", "high"])
    let thresholds = try #require(json["thresholds"] as? [Double])
    #expect(thresholds.count == 2 && thresholds[0] < thresholds[1])
    let slope = try #require((json["coefficients"] as? [String: Double])?["x"])
    #expect(slope > 0)
    // The other way round, signs change, and thresholds change places.
    let reversed = try fit(words, ["--levels", "high,mid,low", "--columns", "x"]).json
    let others = try #require(reversed["thresholds"] as? [Double])
    #expect(abs((reversed["coefficients"] as? [String: Double])!["x"]! + slope) < 1e-6)
    #expect(abs(others[0] + thresholds[1]) < 1e-6 && abs(others[1] + thresholds[0]) < 1e-6)
    let inference = try #require(json["inference"] as? [String: Any])
    let table = try #require(inference["coefficients"] as? [[String: Any]])
    #expect(table.map { $0["threshold"] as? String } == ["low|mid", "mid|high", nil])
    #expect(table.allSatisfy { $0["standardError"] is Double } && inference["information"] as? String == "observed")
  }

  @Test func numbersAreInTheirOwn() throws {
    let numbers = words.replacing("low", with: "2").replacing("mid", with: "10").replacing("high", with: "30")
    let json = try fit(numbers, []).json
    #expect(json["classes"] as? [String] == ["2", "10", "30"])
  }

  @Test(arguments: ["logit", "probit", "cloglog"]) func theModelPredictsAndIsMeasured(link: String) throws {
    let (model, data) = (folder.path + "/model.json", try file(words))
    let fitted = try Tool.run(
      "fit", data, "--target", "y", "--family", "ordinal", "--levels", "low,mid,high", "--link", link, "--model", model,
      "--quiet")
    #expect(fitted.status == 0 && fitted.output.contains("low|mid") && fitted.errors.isEmpty, "\(fitted.errors)")
    let predicted = try Tool.run("predict", model, data)
    let lines = predicted.output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(lines[0] == ["class", "probability=low", "probability=mid", "probability=high"])
    #expect(lines.count == Self.rows.count + 1)
    var (right, loss) = (0.0, 0.0)
    for (line, row) in zip(lines.dropFirst(), Self.rows) {
      let shares = line.dropFirst().compactMap(Double.init)
      #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
      let names = ["low", "mid", "high"]
      #expect(line[0] == names[shares.indices.max { shares[$0] < shares[$1] }!])
      if line[0] == row.0 { right += 1 }
      loss -= log(shares[names.firstIndex(of: row.0)!])
    }
    let evaluated = try Tool.run("evaluate", model, "--data", data, "--json", "-")
    let json = try #require(JSONSerialization.jsonObject(with: Data(evaluated.output.utf8)) as? [String: Any])
    #expect(abs(json["accuracy"] as! Double - right / 12) < 1e-12)
    #expect(abs(json["logLoss"] as! Double - loss / 12) < 1e-9 && json["d2"] as! Double > 0)
    let linear = try Tool.run("predict", model, data, "--scale", "link")
    #expect(linear.output.hasPrefix("link,class\n"))
  }

  @Test func aFormulaAndAPenalty() throws {
    let options = ["--levels", "low,mid,high", "--formula", "y ~ x*g"]
    let free = try fit(words, options)
    #expect(free.outcome.status == 0, "\(free.outcome.errors)")
    let ridge = try fit(words, options + ["--l2", "0.1"])
    let sizes = [free, ridge].map { ($0.json["coefficients"] as! [String: Double]).values.reduce(0) { $0 + $1 * $1 } }
    #expect(sizes[1] < sizes[0] && ridge.json["status"] as? String == "converged")
    let lasso = try fit(words, options + ["--l1", "5"])
    #expect((lasso.json["coefficients"] as! [String: Double]).values.allSatisfy { $0 == 0 })
  }

  @Test(
    arguments: [
      ([], 65, "order is not known"), (["--levels", "low,mid"], 65, "leaves out the level \"high\""),
      (["--levels", "low,mid,high,top"], 65, "\"top\""), (["--levels", "low,mid,mid,high"], 65, "twice"),
      (["--levels", "low,mid,high", "--stream"], 64, "--stream"),
      (["--levels", "low,mid,high", "--step", "1"], 64, "--step"),
      (["--levels", "low,mid,high", "--method", "sgd"], 64, "--method"),
      (["--levels", "low,mid,high", "--cv", "3"], 64, "--cv"),
      (["--levels", "low,mid,high", "--no-intercept"], 64, "thresholds"),
      (["--levels", "low,mid,high", "--link", "cauchit"], 64, "its links are"),
      (["--levels", "low,mid,high", "--continue", "model.json"], 64, "--continue"),
    ] as [([String], Int32, String)])
  func faultsAreNamed(options: [String], status: Int32, message: String) throws {
    let outcome = try Tool.run(arguments: ["fit", file(words), "--target", "y", "--family", "ordinal"] + options)
    #expect(outcome.status == status && outcome.errors.contains(message), "\(outcome.status) \(outcome.errors)")
  }

  @Test func aNumberWrittenInTwoWaysIsRefused() throws {
    let outcome = try fit("y,x\n1,1\n1.0,2\n2,3\n2,1\n", []).outcome
    #expect(outcome.status == 65 && outcome.errors.contains("two ways"), "\(outcome.errors)")
  }

  @Test func levelsWithoutWeightAndSeparationAreNamed() throws {
    let empty = try fit("y,x,w\n1,1,1\n2,2,0\n3,3,1\n1,2,1\n3,1,1\n", ["--weights", "w"]).outcome
    #expect(empty.status == 65 && empty.errors.contains("level \"2\""), "\(empty.errors)")
    let separated = try fit("y,x\n1,1\n1,2\n2,3\n2,4\n3,5\n3,6\n", []).outcome
    #expect(separated.status == 3 && separated.errors.contains("separation"), "\(separated.errors)")
  }

  @Test func anEditedModelIsChecked() throws {
    let model = folder.path + "/model.json"
    let data = try file(words)
    _ = try Tool.run(
      "fit", data, "--target", "y", "--family", "ordinal", "--levels", "low,mid,high", "--columns", "x", "--model",
      model)
    var json = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: model))) as? [String: Any])
    let thresholds = try #require(json["thresholds"] as? [Double])
    for edited in [[thresholds[1], thresholds[0]], [thresholds[0]], []] {
      json["thresholds"] = edited
      try JSONSerialization.data(withJSONObject: json).write(to: URL(fileURLWithPath: model))
      let outcome = try Tool.run("predict", model, data)
      #expect(outcome.status == 65 && outcome.errors.contains("threshold"), "\(outcome.errors)")
    }
  }

  @Test func probeIsRefused() throws {
    let outcome = try Tool.run("probe", file(words), "--target", "y", "--family", "ordinal")
    #expect(outcome.status == 64 && outcome.errors.contains("without steps"), "\(outcome.errors)")
  }
}
