import EspalierTestSupport
import Foundation
import Testing

/// `evaluate` of models that `fit` wrote; right values by hand.
struct EvaluateModelTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func file(_ text: String, _ name: String) throws -> String { try folder.file(name, Array(text.utf8)) }

  private func evaluate(_ arguments: String...) throws -> [String: Any] {
    let outcome = try Tool.run(arguments: ["evaluate"] + arguments + ["--json", "-"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  private func expect(_ json: [String: Any], _ values: [String: Double], _ place: SourceLocation = #_sourceLocation) {
    for (name, value) in values {
      let ours = json[name] as? Double ?? .nan
      #expect(abs(ours - value) < 1e-9, "\(name): \(ours), not \(value)", sourceLocation: place)
    }
  }

  /// `p = 1 / (1 + e^-x)` with the classes no and yes.
  private func logistic() throws -> String {
    try file(
      "{\"family\":{\"name\":\"binomial\"},\"link\":\"logit\",\"target\":\"y\",\"classes\":[\"no\",\"yes\"],"
        + "\"input\":{\"columns\":[{\"name\":\"x\",\"mean\":0}]},\"intercept\":0,\"coefficients\":{\"x\":1}}",
      "model.json")
  }

  @Test func twoClasses() throws {
    // Odds 3, 1/3, 3 and 1/3: p 3/4 and 1/4.
    let x = log(3.0)
    let data = try file("x,y,g\n\(x),yes,a\n\(-x),no,a\n\(x),no,b\n\(-x),no,b\n", "data.csv")
    let json = try evaluate(logistic(), "--data", data, "--by", "g")
    let right = -log(0.75)
    let loss = (3 * right - log(0.25)) / 4
    let null = -(0.25 * log(0.25) + 0.75 * log(0.75))
    expect(
      json,
      [
        "rows": 4, "accuracy": 0.75, "auc": (2 + 0.5) / 3, "loss": loss, "logLoss": loss, "deviance": 8 * loss,
        "nullDeviance": 8 * null, "d2": 1 - loss / null, "brier": (3 * 0.0625 + 0.5625) / 4, "calibrationError": 0.25,
      ])
    let bins = try #require(json["calibration"] as? [[String: Double]])
    #expect(bins.map { $0["rows"] } == [2, 2] && bins.map { $0["observed"] } == [0, 0.5])
    let groups = try #require(json["groups"] as? [[String: Any]])
    #expect(groups.map { $0["group"] as? String } == ["a", "b"])
    expect(groups[0], ["accuracy": 1, "auc": 1, "loss": right])
    #expect(groups[1]["auc"] is NSNull && groups[1]["d2"] is NSNull && json["r2"] is NSNull)
  }

  /// The likelier class is that of a mean above 1/2, which is not a positive predictor for every link.
  @Test(arguments: [
    ("binomial", "cloglog", -0.2, -1.0), ("binomial", "log", -0.2, -1), ("quasi-binomial", "identity", 0.7, 0.3),
  ])
  func theAccuracyIsThatOfPredictedClasses(family: String, link: String, likely: Double, unlikely: Double) throws {
    let model = try file(
      "{\"family\":{\"name\":\"\(family)\",\"link\":\"\(link)\"},\"link\":\"\(link)\",\"target\":\"y\","
        + "\"classes\":[\"no\",\"yes\"],\"input\":{\"columns\":[{\"name\":\"x\",\"mean\":0}]},\"intercept\":0,"
        + "\"coefficients\":{\"x\":1}}", "linked.json")
    let json = try evaluate(model, "--data", file("x,y\n\(likely),yes\n\(unlikely),no\n", "data.csv"))
    expect(json, ["accuracy": 1, "auc": 1, "logLoss": try #require(json["loss"] as? Double)])
  }

  /// Rows of a LIBSVM file have no columns, but features.
  @Test func groupsOfSparseRowsAreThoseOfAFeature() throws {
    let data = try file("1 1:2 3:1\n2 1:1\n3 1:2 2:1\n5 2:3 3:1\n4 1:1 2:2\n2 3:1\n", "rows.svm")
    let model = path("sparse.json")
    let fitted = try Tool.run("fit", data, "--family", "gaussian", "--l2", "0.1", "--model", model, "--quiet")
    #expect(fitted.status == 0, "\(fitted.errors)")
    let json = try evaluate(model, "--data", data, "--by", "3")
    let groups = try #require(json["groups"] as? [[String: Any]])
    #expect(groups.map { $0["group"] as? String } == ["1", "0"] && groups.map { $0["rows"] as? Int } == [3, 3])
    for index in ["4", "x"] {
      let outcome = try Tool.run("evaluate", model, "--data", data, "--by", index)
      #expect(outcome.status == 65 && outcome.complaint.contains("from 1 to 3"), "\(outcome.errors)")
    }
  }

  @Test func numbersTooLargeAreRefused() throws {
    let model = try logistic()
    let heavy = try file("x,y,w\n1,yes,1e308\n2,no,1e308\n", "heavy.csv")
    let weighed = try Tool.run("evaluate", model, "--data", heavy, "--weights", "w")
    #expect(weighed.status == 65 && weighed.complaint.contains("the weights"), "\(weighed.errors)")
    let steep = try file(
      String(contentsOfFile: model, encoding: .utf8).replacing("{\"x\":1}", with: "{\"x\":1e10}"), "steep.json")
    let outcome = try Tool.run("evaluate", steep, "--data", file("x,y\n1e300,yes\n1,no\n", "data.csv"))
    #expect(outcome.status == 65 && outcome.complaint.contains("row 1 of the data"), "\(outcome.errors)")
  }

  @Test func weightsCountAndMissingRowsAreSaid() throws {
    let x = log(3.0)
    let data = try file("x,y,w\n\(x),yes,1\n\(-x),no,1\n\(x),no,0\n\(-x),yes,2\n,yes,1\n", "data.csv")
    let json = try evaluate(logistic(), "--data", data, "--weights", "w", "--missing", "drop")
    expect(json, ["rows": 3, "accuracy": 0.5, "loss": (-2 * log(0.75) - 2 * log(0.25)) / 4, "droppedRows": 1])
  }

  @Test func numbersWithAnExposure() throws {
    let model = try file(
      "{\"family\":{\"name\":\"poisson\"},\"link\":\"log\",\"target\":\"y\",\"exposure\":\"t\","
        + "\"input\":{\"columns\":[]},\"intercept\":0,\"coefficients\":{}}", "rate.json")
    let json = try evaluate(model, "--data", file("t,y\n1,2\n2,1\n1,0\n", "data.csv"))
    // Means 1, 2 and 1; the best rate is 3/4.
    let deviance = 2 * ((2 * log(2.0) - 1) + (log(0.5) + 1) + 1)
    let null = 2 * ((2 * log(2 / 0.75) - 1.25) + (log(1 / 1.5) + 0.5) + 0.75)
    expect(json, ["deviance": deviance, "mae": 1, "rmse": 1, "bias": 1 / 3.0, "r2": 1 - 1 / (2 / 3.0)])
    #expect(abs((json["nullDeviance"] as? Double ?? 0) - null) < 1e-6)
  }

  @Test func severalClassesOfAFit() throws {
    var text = "x,c\n"
    for row in 0..<60 {
      text += "\(Double(row % 10) / 3 + Double(row % 7)),\(["u", "v", "w"][row * row % 3 + row % 2])\n"
    }
    let data = try file(text, "data.csv")
    let fit = try Tool.run(
      "fit", data, "--target", "c", "--family", "multinomial", "--json", "-", "--model", path("classes.json"))
    #expect(fit.status == 0, "\(fit.errors)")
    let fitted = try #require(JSONSerialization.jsonObject(with: Data(fit.output.utf8)) as? [String: Any])
    let json = try evaluate(path("classes.json"), "--data", data)
    expect(json, ["loss": try #require(fitted["objective"] as? Double), "rows": 60])
    #expect((json["accuracy"] as? Double ?? 0) > 0.3 && (json["brier"] as? Double ?? 3) < 1)
  }

  @Test func tablesArePrinted() throws {
    let data = try file("x,y\n1,yes\n-1,no\n2,no\n", "data.csv")
    let outcome = try Tool.run("evaluate", logistic(), "--data", data)
    #expect(outcome.status == 0)
    for word in ["AUC", "Brier score", "null deviance", "share of yes"] { #expect(outcome.output.contains(word)) }
  }

  @Test func faultsAreNamed() throws {
    let model = try logistic()
    for (text, complaint) in [
      ("x,z\n1,yes\n", "has no column \"y\""), ("x,y\n1,maybe\n", "is not a class of the model"),
    ] {
      let outcome = try Tool.run("evaluate", model, "--data", file(text, "data.csv"))
      #expect(outcome.status == 65 && outcome.complaint.contains(complaint), "\(outcome.errors)")
    }
    let network = try Workshop()
    let outcome = try Tool.run("evaluate", network.model, "--data", network.calibration, "--by", "g")
    #expect(outcome.status == 64 && outcome.errors.contains("--by"))
  }
}
