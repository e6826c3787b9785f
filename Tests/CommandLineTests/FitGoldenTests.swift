import Foundation
import Testing

/// Compares `fit` with the golden iterates, which come from bisection and automatic derivatives in Python.
struct FitGoldenTests {
  struct Golden: Decodable {
    let cases: [Case]
  }

  struct Case: Decodable, CustomTestStringConvertible {
    let family: String
    let method: String
    let momentum: Double
    let batch: Int
    let mode: String
    let step: Double
    let diverges: Bool
    let iterates: [String: [Double]]

    var testDescription: String { "\(family) \(method) \(mode) \(batch) \(step)" }
  }

  /// The fixtures lie with the tests of the library.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("ProximalPointTests/Fixtures/golden")

  static let cases: [Case] = {
    let data = try? Data(contentsOf: folder.appendingPathComponent("expected.json"))
    return data.flatMap { try? JSONDecoder().decode(Golden.self, from: $0).cases } ?? []
  }()

  @Test func fixturesAreThere() {
    #expect(Self.cases.count == 48)
  }

  /// 40 rows and 80 steps: two epochs of single examples, ten of batches of five.
  @Test(arguments: cases)
  func isReproduced(golden: Case) throws {
    let outcome = try Tool.run(
      "fit", Self.folder.appendingPathComponent("\(golden.family).csv").path, "--target", "y", "--family",
      golden.family, "--method", golden.method, "--batch", "\(golden.batch)", "--batch-mode",
      golden.mode == "joint" ? "joint" : "averaged", "--step", "\(golden.step)", "--momentum", "\(golden.momentum)",
      "--epochs", "\(80 * golden.batch / 40)", "--order", "cyclic", "--no-intercept", "--json", "-")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let result = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let coefficients = try #require(result["coefficients"] as? [String: Any])
    #expect(Set(coefficients.keys) == Set((0..<6).map { "x\($0)" }))
    #expect(coefficients.values.allSatisfy { $0 is NSNull || ($0 as? Double)?.isFinite == true })
    guard !golden.diverges else {
      #expect(result["status"] as? String == "diverged")
      #expect((result["reason"] as? String)?.contains("diverged at step") == true)
      return
    }
    #expect(result["status"] as? String == "stopped" && result["steps"] as? Int == 80)
    let expected = try #require(golden.iterates["80"])
    for (index, value) in expected.enumerated() {
      let ours = try #require(coefficients["x\(index)"] as? Double)
      #expect(abs(ours - value) <= 1e-8 * max(1, abs(value)), "x\(index): \(ours), not \(value)")
    }
  }
}
