import EspalierTestSupport
import Foundation
import Testing

/// Standard errors of `fit`, and intervals, scales, residuals and leverages of `predict`, by output and exit codes.
struct InferenceCommandTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func file(_ text: String, _ name: String = "data.csv") throws -> String {
    try folder.file(name, Array(text.utf8))
  }

  private func inference(_ arguments: String...) throws -> [String: Any] {
    let outcome = try Tool.run(arguments: ["fit"] + arguments + ["--json", "-"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    return try #require(result["inference"] as? [String: Any])
  }

  private func rows(_ outcome: Tool.Outcome) throws -> [[String: String]] {
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  private static let line = "y,x,g\n2,0,a\n5,1,b\n9.5,2,a\n12,3,c\n14,4,b\n16,5,c\n"

  @Test func aPersonReadsATable() throws {
    let data = try file(Self.line)
    let outcome = try Tool.run("fit", data, "--target", "y", "--columns", "x", "--family", "gaussian", "--quiet")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    for text in ["std. error", "P(>|t|)", "95 % from", "adjusted", "AIC", "expected information"] {
      #expect(outcome.output.contains(text), "\(text)")
    }
    let without = try Tool.run(
      "fit", data, "--target", "y", "--columns", "x", "--family", "gaussian", "--quiet", "--no-inference")
    #expect(!without.output.contains("std. error") && without.output.contains("deviation"))
  }

  @Test func theJSONHasTheTable() throws {
    let data = try file(Self.line)
    let result = try inference(data, "--target", "y", "--columns", "x", "--family", "gaussian", "--level", "0.9")
    let coefficients = try #require(result["coefficients"] as? [[String: Any]])
    #expect(coefficients.count == 2 && coefficients[0]["feature"] is NSNull)
    for key in ["estimate", "standardError", "statistic", "pValue", "lower", "upper"] {
      #expect(coefficients[1][key] is Double, "\(key)")
    }
    for key in ["deviance", "nullDeviance", "logLikelihood", "aic", "bic", "r2", "adjustedR2", "degreesOfFreedom"] {
      #expect(result[key] is Double, "\(key)")
    }
    #expect(result["given"] as? Bool == true && result["reason"] is NSNull && result["level"] as? Double == 0.9)
    let absent = try inference(data, "--target", "y", "--columns", "x", "--family", "gaussian", "--l2", "0.1")
    #expect(absent["given"] as? Bool == false && (absent["reason"] as? String)?.contains("penalty") == true)
  }

  @Test func aClusterDoesNotExplainUnlessNamed() throws {
    let data = try file(Self.line)
    let result = try inference(data, "--target", "y", "--family", "gaussian", "--cluster", "g")
    #expect((result["coefficients"] as? [Any])?.count == 2)
    #expect(result["clusters"] as? Int == 3 && result["degreesOfFreedom"] as? Int == 2)
    #expect(result["covariance"] as? String == "cluster")
    let named = try inference(data, "--target", "y", "--family", "gaussian", "--cluster", "g", "--columns", "x,g")
    #expect((named["coefficients"] as? [Any])?.count == 4)
  }

  @Test func optionsThatDoNothingAreRefused() throws {
    let data = try file(Self.line)
    for options in [
      ["--covariance", "cluster"], ["--cluster", "g", "--covariance", "hc0"], ["--no-inference", "--cluster", "g"],
      ["--level", "1"], ["--dispersion", "auto"], ["--information", "observed", "--covariance", "hc1"],
    ] {
      let outcome = try Tool.run(arguments: ["fit", data, "--target", "y", "--family", "gaussian"] + options)
      #expect(outcome.status == 64, "\(options)")
    }
  }

  @Test func collinearColumnsAreSaidOnStandardError() throws {
    let data = try file("y,a,b\n1,0,1\n2,1,3\n4,2,5\n3,3,7\n6,4,9\n")
    let outcome = try Tool.run("fit", data, "--target", "y", "--family", "gaussian", "--quiet")
    #expect(outcome.status == 0 && outcome.errors.contains("b is a linear combination of a"))
  }

  @Test func predictionsHaveIntervals() throws {
    let (data, model) = (try file(Self.line), path("model.json"))
    let fit = try Tool.run("fit", data, "--target", "y", "--columns", "x", "--family", "gaussian", "--model", model)
    #expect(fit.status == 0)
    let rows = try rows(try Tool.run("predict", model, data, "--interval", "0.95", "--residuals"))
    // The leverages of a line through six points a unit apart: 1/6 + (x - 2.5)^2 / 17.5.
    for (place, row) in rows.enumerated() {
      let leverage = 1 / 6.0 + (Double(place) - 2.5) * (Double(place) - 2.5) / 17.5
      #expect(abs(Double(row["leverage"]!)! - leverage) < 1e-9)
      let values = ["prediction_lower", "lower", "prediction", "upper", "prediction_upper"].map { Double(row[$0]!)! }
      #expect(values == values.sorted())
      let (error, width) = (Double(row["standard_error"]!)!, Double(row["upper"]!)! - Double(row["prediction"]!)!)
      #expect(abs(width / error - 2.7764451051977987) < 1e-9)
      #expect(abs(Double(row["residual"]!)! - Double(row["pearson"]!)!) < 1e-12)
    }
    #expect(abs(rows.reduce(0) { $0 + Double($1["leverage"]!)! } - 2) < 1e-9)
  }

  @Test func theLinkIsAScale() throws {
    let data = try file("y,x\n1,0\n3,1\n2,2\n7,3\n9,4\n")
    let model = path("model.json")
    #expect(try Tool.run("fit", data, "--target", "y", "--family", "poisson", "--model", model).status == 0)
    let links = try rows(try Tool.run("predict", model, data, "--scale", "link", "--interval", "0.9"))
    let means = try rows(try Tool.run("predict", model, data, "--interval", "0.9"))
    for (link, mean) in zip(links, means) {
      #expect(abs(exp(Double(link["link"]!)!) - Double(mean["prediction"]!)!) < 1e-12)
      for end in ["lower", "upper"] { #expect(abs(exp(Double(link[end]!)!) / Double(mean[end]!)! - 1) < 1e-12) }
      let ratio = Double(mean["standard_error"]!)! / Double(link["standard_error"]!)!
      #expect(abs(ratio / Double(mean["prediction"]!)! - 1) < 1e-12)
    }
  }

  /// An interval of predictors that leaves the link's domain ends where the mean does.
  @Test(arguments: ["inverse", "inverse-squared"]) func intervalsStayWithinTheLink(link: String) throws {
    let data = try file("y,x\n1.2,1\n0.7,2\n0.9,3\n0.5,4\n0.45,5\n0.6,6\n0.3,7\n")
    let model = path("model.json")
    let fit = try Tool.run(
      "fit", data, "--target", "y", "--family", "inverse-gaussian", "--link", link, "--model", model)
    #expect(fit.status == 0)
    // In the middle, near the end of the domain, beyond it, and where all overflows.
    let far = try file("x\n4\n-0.9\n-100\n1e308\n-1e308\n", "far.csv")
    let rows = try rows(try Tool.run("predict", model, far, "--interval", "0.999999"))
    #expect(rows.count == 5)
    for row in rows {
      let values = ["lower", "prediction", "upper"].map { Double(row[$0]!)! }
      #expect(values[1].isNaN || values == values.sorted(), "\(row)")
      #expect(values[1].isNaN || values[0] >= 0, "\(row)")
    }
    #expect(!Double(rows[0]["prediction"]!)!.isNaN && Double(rows[0]["upper"]!)! == .infinity)
    #expect(Double(rows[2]["prediction"]!)!.isNaN)
  }

  @Test func probabilitiesOfClassesHaveIntervals() throws {
    let data = try file("y,x\na,1\nb,2\nc,3\na,2\nb,3\nc,1\na,1.5\nb,2.5\nc,3.5\n")
    let model = path("model.json")
    #expect(try Tool.run("fit", data, "--target", "y", "--family", "multinomial", "--model", model).status == 0)
    for row in try rows(try Tool.run("predict", model, data, "--interval", "0.9")) {
      for name in ["a", "b", "c"] {
        let values = ["lower", "probability", "upper"].map { Double(row["\($0)=\(name)"]!)! }
        #expect(values == values.sorted() && values[0] > 0 && values[2] < 1)
      }
    }
    #expect(try Tool.run("predict", model, data, "--residuals").status == 65)
  }

  @Test func aModelWithoutCovarianceSaysSo() throws {
    let (data, model) = (try file(Self.line), path("model.json"))
    let arguments = ["fit", data, "--target", "y", "--columns", "x", "--family", "gaussian", "--model", model]
    #expect(try Tool.run(arguments: arguments + ["--l2", "0.1"]).status == 0)
    let refused = try Tool.run("predict", model, data, "--interval", "0.95")
    #expect(refused.status == 65 && refused.errors.contains("has no covariance"))
    let residuals = try Tool.run("predict", model, data, "--residuals")
    #expect(residuals.status == 0 && residuals.output.hasPrefix("prediction,residual,pearson,deviance\n"))
    #expect(residuals.errors.contains("no leverages"))
  }

  @Test func anEditedCovarianceIsAnError() throws {
    let (data, model) = (try file(Self.line), path("model.json"))
    let fit = try Tool.run("fit", data, "--target", "y", "--columns", "x", "--family", "gaussian", "--model", model)
    #expect(fit.status == 0)
    let text = try String(contentsOfFile: model, encoding: .utf8)
    let edited = try file(text.replacing("\"feature\" : \"x\"", with: "\"feature\" : \"z\""), "edited.json")
    let outcome = try Tool.run("predict", edited, data, "--interval", "0.95")
    #expect(outcome.status == 65 && outcome.errors.contains("covariance of other coefficients"))
  }
}
