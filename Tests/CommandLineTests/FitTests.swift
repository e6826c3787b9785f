import EspalierTestSupport
import Foundation
import Testing

/// `fit`, `predict` and `probe` by their output and exit codes.
struct FitTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func file(_ text: String, _ name: String = "data.csv") throws -> String {
    try folder.file(name, Array(text.utf8))
  }

  private func json(_ outcome: Tool.Outcome) throws -> [String: Any] {
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  /// y = 2 + 3 x, with a level that adds 1.
  private static let line = "y,x,c\n2,0,a\n5,1,a\n9,2,b\n12,3,b\n14,4,a\n"

  @Test func theDefaultFindsTheSolution() throws {
    let result = try json(try Tool.run("fit", file(Self.line), "--target", "y", "--family", "gaussian", "--json", "-"))
    #expect(result["status"] as? String == "converged")
    let coefficients = try #require(result["coefficients"] as? [String: Double])
    #expect(abs(coefficients["x"]! - 3) < 1e-8 && abs(coefficients["c=b"]! - 1) < 1e-8)
    #expect(abs((result["intercept"] as! Double) - 2) < 1e-8)
    #expect(abs(result["objective"] as! Double) < 1e-12)
    for key in ["reason", "method"] { #expect(result[key] is String) }
    for key in ["steps", "epochs", "rows"] { #expect(result[key] is Int) }
  }

  @Test func filesAreReadInEveryForm() throws {
    let plain = try file(Self.line)
    let tabs = try file(Self.line.replacing(",", with: "\t"), "data.tsv")
    let expected = try json(try Tool.run("fit", plain, "--target", "1", "--family", "gaussian", "--json", "-"))
    let arguments = ["--target", "y", "--family", "gaussian", "--json", "-"]
    let outcomes = [
      try Tool.run(arguments: ["fit", tabs] + arguments),
      try Tool.run(arguments: ["fit", "-"] + arguments, input: plain),
    ]
    for outcome in outcomes {
      #expect(try json(outcome)["coefficients"] as? [String: Double] == expected["coefficients"] as? [String: Double])
    }
  }

  @Test func examplesAreVisitedInTheOrderAskedFor() throws {
    let data = try file(Self.line)
    func coefficients(_ options: String...) throws -> [String: Double]? {
      try json(
        try Tool.run(
          arguments: [
            "fit", data, "--target", "y", "--family", "gaussian", "--step", "0.1", "--batch", "2", "--json", "-",
          ]
            + options))["coefficients"] as? [String: Double]
    }
    let drawn = try coefficients("--order", "drawn")
    #expect(try drawn != nil && coefficients("--order", "drawn") == drawn)
    #expect(try coefficients("--order", "drawn", "--seed", "1") != drawn)
    #expect(try coefficients("--order", "shuffled") != drawn && coefficients("--order", "cyclic") != drawn)
  }

  @Test func streamingTakesTheSameSteps() throws {
    let data = try file(Self.line)
    let arguments = [
      "fit", data, "--target", "y", "--family", "gaussian", "--step", "0.1", "--epochs", "3", "--batch", "2", "--json",
      "-",
    ]
    let memory = try json(try Tool.run(arguments: arguments))
    let stream = try json(try Tool.run(arguments: arguments + ["--stream"]))
    #expect(memory["steps"] as? Int == 9 && stream["steps"] as? Int == 9)
    let (ours, theirs) = (stream["coefficients"] as! [String: Double], memory["coefficients"] as! [String: Double])
    for (name, value) in theirs { #expect(abs(ours[name]! - value) < 1e-12) }
    #expect(abs((stream["objective"] as! Double) - (memory["objective"] as! Double)) < 1e-12)
  }

  @Test func theProgressiveLossIsTakenBeforeLearning() throws {
    let data = try file("y,x\n1,1\n3,1\n")
    let result = try json(
      try Tool.run(
        "fit", data, "--target", "y", "--family", "gaussian", "--method", "sgd", "--step", "0.5", "--batch", "1",
        "--epochs", "1", "--no-intercept", "--progressive", "--json", "-"))
    // At 0 the first loss is 1/2; at 0.5 the second is 2.5²/2.
    #expect(result["progressiveLoss"] as? Double == (0.5 + 3.125) / 2)
  }

  @Test func sparseRowsAreFittedAndPredicted() throws {
    let data = try file("-1 1:1\n+1 2:1\n-1 1:2\n+1 2:2 # c\n+1 1:1\n-1 2:1\n", "data.svm")
    let fit = try Tool.run("fit", data, "--family", "binomial", "--model", path("model.json"), "--json", "-")
    #expect((try json(fit)["coefficients"] as? [String: Double])?.count == 2)
    let prediction = try Tool.run("predict", path("model.json"), data)
    let lines = prediction.output.split(separator: "\n")
    #expect(prediction.status == 0 && lines.count == 7 && lines[0] == "prediction,class")
    #expect(lines[1].hasSuffix(",-1") && lines[2].hasSuffix(",1"))
  }

  @Test func predictionsFollowTheModel() throws {
    let fit = try Tool.run(
      "fit", file(Self.line), "--target", "y", "--family", "gaussian", "--model", path("model.json"))
    #expect(fit.status == 0 && fit.output.contains("c=b"))
    // Columns are found by name, in any order.
    let new = try file("c,z,x\nb,0,10\na,0,-1\n", "new.csv")
    let prediction = try Tool.run("predict", path("model.json"), new, "-o", path("predictions.csv"))
    #expect(prediction.status == 0 && prediction.output.isEmpty)
    let text = try String(contentsOfFile: path("predictions.csv"), encoding: .utf8)
    let numbers = text.split(separator: "\n").dropFirst().compactMap { Double($0) }
    #expect(numbers.count == 2 && abs(numbers[0] - 33) < 1e-6 && abs(numbers[1] + 1) < 1e-6)

    let unknown = try file("c,x\nb,1\nd,1\n", "unknown.csv")
    let refused = try Tool.run("predict", path("model.json"), unknown)
    #expect(refused.status == 65 && refused.errors.contains("line 3, column \"c\"") && refused.output.isEmpty)
    #expect(try Tool.run("predict", path("model.json"), unknown, "--unknown", "zero").status == 0)
    let missing = try file("x\n1\n", "missing.csv")
    #expect(try Tool.run("predict", path("model.json"), missing).errors.contains("has no column \"c\""))
    #expect(try Tool.run("predict", new, new).status == 65)
  }

  @Test func exposureIsPartOfTheModel() throws {
    let data = try file("y,x,t\n2,0,1\n4,0,2\n6,1,1\n12,1,2\n")
    let fit = try Tool.run(
      "fit", data, "--target", "y", "--family", "poisson", "--exposure", "t", "--model", path("model.json"), "--json",
      "-")
    let result = try json(fit)
    #expect(abs((result["intercept"] as! Double) - log(2)) < 1e-6)
    #expect(abs((result["coefficients"] as! [String: Double])["x"]! - log(3)) < 1e-6)
    let prediction = try Tool.run("predict", path("model.json"), try file("x,t\n1,10\n", "new.csv"))
    #expect(abs(Double(prediction.output.split(separator: "\n")[1])! - 60) < 1e-4)
  }

  @Test func aDivergedFitSaysSoAndWritesNoModel() throws {
    let data = try file("y,x\n1,1000\n2,2000\n3,-1000\n")
    let outcome = try Tool.run(
      "fit", data, "--target", "y", "--family", "gaussian", "--method", "sgd", "--step", "10", "--json",
      path("result.json"), "--model", path("model.json"))
    #expect(outcome.status == 2 && outcome.complaint.contains("diverged at step"))
    #expect(!FileManager.default.fileExists(atPath: path("model.json")))
    let text = try String(contentsOfFile: path("result.json"), encoding: .utf8)
    #expect(text.contains("\"status\" : \"diverged\"") && text.contains("step size 10"))
  }

  @Test func heldOutRowsStopTheFit() throws {
    var text = "y,x\n"
    for row in 0..<60 { text += "\((row * 7919) % 13),\((row * 104_729) % 17)\n" }
    let result = try json(
      try Tool.run(
        "fit", file(text), "--target", "y", "--family", "gaussian", "--method", "sppa", "--epochs", "500",
        "--standardize",
        "--validation", "0.2", "--json", "-"))
    #expect((result["reason"] as? String)?.contains("held-out loss has not improved") == true)
    #expect((result["epochs"] as! Int) < 500 && result["validationLoss"] is Double)
  }

  @Test func theProbeKnowsTheSafeStep() throws {
    let data = try file("y,x\n1,2\n0,1\n")
    let result = try json(
      try Tool.run("probe", data, "--target", "y", "--family", "gaussian", "--no-intercept", "--json", "-"))
    #expect(result["largestExampleCurvature"] as? Double == 4 && result["largestStepSGD"] as? Double == 0.5)
    // 2 (1 - 0.9)² / (1.9 · 4).
    #expect(abs((result["largestStepSGDM"] as! Double) - 0.02 / 7.6) < 1e-12)
    #expect(try Tool.run("probe", data, "--target", "y", "--family", "poisson").output.contains("none needed"))
  }

  @Test func withoutCurvatureThereIsNoSafeStep() throws {
    let data = try file("y,x\n1,1\n2,3\n3,-1\n5,2\n")
    let arguments = [data, "--target", "y", "--family", "quantile"]
    let probe = try Tool.run(arguments: ["probe"] + arguments)
    #expect(probe.status == 0 && probe.output.contains("unknown: no curvature"), "\(probe.output)")
    let fit = try Tool.run(arguments: ["fit"] + arguments + ["--method", "sgd", "--step", "1e9", "--batch", "1"])
    #expect(fit.output.contains("diverged") && fit.output.contains("the loss is linear there"), "\(fit.output)")
  }

  @Test func reportsAndTracesAreWritten() throws {
    let outcome = try Tool.run(
      "fit", file(Self.line), "--target", "y", "--family", "gaussian", "--step", "0.1", "--report", path("report.html"),
      "--trace", path("trace.json"))
    #expect(outcome.status == 0)
    #expect(try String(contentsOfFile: path("report.html"), encoding: .utf8).contains("<svg"))
    let trace = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path("trace.json"))))
    #expect(((trace as? [String: Any])?["objective"] as? [Double])?.count == 11)
  }

  @Test(arguments: [
    (["--target", "y"], Int32(64), "--family"),
    (["--family", "gaussian"], 65, "which column is to be explained"),
    (["--target", "q", "--family", "gaussian"], 65, "has no column \"q\""),
    (["--target", "c", "--family", "gaussian"], 65, "holds text"),
    (["--target", "y", "--family", "binomial"], 65, "has more than two labels"),
    (["--target", "y", "--family", "gaussian", "--step", "0"], 64, "--step takes a positive number"),
    (["--target", "y", "--family", "gaussian", "--epochs", "0"], 64, "take positive numbers"),
    (["--target", "y", "--family", "gaussian", "--validation", "1"], 64, "--validation takes a share"),
    (["--target", "y", "--family", "gaussian", "--delimiter", "ab"], 64, "one character"),
    (["--target", "y", "--family", "quantile", "--family-parameter", "2"], 65, "cannot be 2"),
    (["--target", "y", "--family", "gaussian", "--family-parameter", "2"], 64, "has no --family-parameter"),
    (["--target", "y", "--family", "gaussian", "--json", "/no/such/folder/x.json"], 65, "does not exist"),
  ])
  func faultsHaveTheirExitCodes(arguments: [String], status: Int32, message: String) throws {
    let outcome = try Tool.run(arguments: ["fit", try file(Self.line)] + arguments)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test(arguments: [["--formula", "y ~ day + x"], ["--target", "y", "--columns", "constant"]])
  func aModelThatIsNoNetworkIsRefusedBeforeTheFit(arguments: [String]) throws {
    let data = try file("y,x,constant,day\n1,1,1,2020-01-01\n2,2,1,2020-01-05\n4,3,1,2020-02-01\n3,1,1,2020-01-07\n")
    let outcome = try Tool.run(
      arguments: ["fit", data, "--family", "gaussian", "--model", path("m.json"), "--onnx", path("m.onnx")] + arguments)
    #expect(outcome.status == 2 && outcome.errors.contains("not written as ONNX"), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: path("m.json")))
  }

  @Test func missingValuesByChoice() throws {
    let data = try file("y,x\n1,1\n2,NA\n3,3\n4,4\n")
    let refused = try Tool.run("fit", data, "--target", "y", "--family", "gaussian")
    #expect(refused.status == 65 && refused.complaint.contains("line 3, column \"x\": the value is missing"))
    for (choice, rows) in [("drop", 3), ("mean", 4)] {
      let result = try json(
        try Tool.run("fit", data, "--target", "y", "--family", "gaussian", "--missing", choice, "--json", "-"))
      #expect(result["rows"] as? Int == rows && result["droppedRows"] as? Int == 4 - rows)
    }
  }

  @Test func negativeCountsAreNamed() throws {
    let outcome = try Tool.run("fit", file("y,x\n1,1\n-2,2\n"), "--target", "y", "--family", "poisson")
    #expect(outcome.status == 65 && outcome.errors.contains("-2"))
  }
}
