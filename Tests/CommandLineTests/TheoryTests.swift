import Foundation
import Testing

/// `prune --theory`: what the theorem promises stands beside what came out, in all three forms of the result.
struct TheoryTests {
  private func prune(_ shop: Workshop, _ options: [String]) throws -> (Tool.Outcome, [String: Any], String) {
    let outcome = try Tool.run(
      arguments: [
        "prune", shop.model, "--calibration", shop.calibration, "--output", shop.path("small.onnx"), "--json",
        shop.path("result.json"), "--report", shop.path("report.html"),
      ] + options)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return (
      outcome, try shop.json(String(decoding: shop.contents("result.json"), as: UTF8.self)),
      String(decoding: try shop.contents("report.html"), as: UTF8.self)
    )
  }

  private func theory(of result: [String: Any]) throws -> [String: Any] {
    let group = try #require((result["groups"] as? [[String: Any]])?.first)
    return try #require(group["theory"] as? [String: Any])
  }

  @Test(arguments: [["--method", "ispasp", "--no-refit"], []])
  func aQuarterOfTheUnitsOfFewOutputsIsPromisedNothing(method: [String]) throws {
    let shop = try Workshop()
    let (outcome, result, report) = try prune(shop, ["--keep", "0.25", "--theory"] + method)
    let theory = try theory(of: result)
    #expect(theory["kept"] as? Int == 4 && theory["units"] as? Int == 16 && theory["outputs"] as? Int == 4)
    let isometry = try #require(theory["isometry"] as? [String: Any])
    #expect(isometry["order"] as? Int == 12 && isometry["knowledge"] as? String == "dependent")
    #expect(isometry["lower"] as? Double == 1 && theory["bound"] is NSNull && theory["relativeBound"] is NSNull)
    #expect(theory["verdict"] as? String == "notIsometric")
    let law = try #require(theory["compressibility"] as? [String: Any])
    for key in ["exponent", "constant", "determination"] { #expect(law[key] as? Double ?? 0 > 0) }
    let residual = try #require(theory["residual"] as? Double)
    #expect(residual > 0 && residual <= theory["emptyResidual"] as? Double ?? 0)
    let group = try #require((result["groups"] as? [[String: Any]])?.first)
    if !method.isEmpty {
      #expect(abs(residual - (group["residual"] as? Double ?? 0)) < 1e-9 * residual)
    }
    let statement = try #require(theory["statement"] as? String)
    #expect(statement.contains("promises nothing") && statement.contains("4 outputs"))
    #expect(outcome.output.contains("fc1: \(statement)") && outcome.output.contains("weak-lp constant"))
    #expect(report.contains("fc1: the theorem promises nothing.") && report.contains("weak-lp constant"))
  }

  @Test func halfOfTheUnitsIsPromisedABound() throws {
    let (outcome, result, report) = try prune(Workshop(), ["--keep", "0.5", "--theory", "--method", "ispasp"])
    let theory = try theory(of: result)
    let (bound, residual) = (theory["bound"] as? Double ?? 0, theory["residual"] as? Double ?? .infinity)
    #expect(bound > 0 && residual <= bound && theory["foundShare"] as? Double == 1)
    #expect(["promises", "vacuous"].contains(theory["verdict"] as? String))
    #expect(outcome.output.contains("The two-layer theorem of i-SpaSP says something of"))
    #expect(report.contains("Theory"))
  }

  @Test func withoutTheOptionNothingIsSaid() throws {
    let (outcome, result, report) = try prune(Workshop(), ["--keep", "0.5"])
    #expect((result["groups"] as? [[String: Any]])?.first?["theory"] == nil)
    #expect(!outcome.output.contains("theorem") && !report.contains("weak-lp"))
  }
}
