import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// Data on which stochastic gradients overflow: the default finishes, and so do proximal steps of any size.
struct KnownBreakerTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func fit(
    _ rows: [[Double]], family: String, _ arguments: String..., exitCode: Int32 = 0
  ) throws -> [String: Any] {
    let header = "y," + (0..<rows[0].count - 1).map { "x\($0)" }.joined(separator: ",") + "\n"
    let text = header + rows.map { $0.map { "\($0)" }.joined(separator: ",") + "\n" }.joined()
    let path = try folder.file("data.csv", Array(text.utf8))
    let outcome = try Tool.run(
      arguments: ["fit", path, "--target", "y", "--family", family, "--json", "-", "--quiet"] + arguments)
    #expect(outcome.status == exitCode, "\(outcome.errors)")
    let result = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    return try #require(result)
  }

  /// Counts explained by 5,000 columns of which 20 matter: a gradient step of size 1 from 0 overflows.
  private func wideCounts() -> [[Double]] {
    var generator = SeededGenerator(seed: 1)
    return (0..<200).map { _ in
      let features = (0..<5000).map { _ in (generator.normal() * 1000).rounded() / 1000 }
      return [Double(Int(exp(0.2 * features[..<20].reduce(0, +))))] + features
    }
  }

  @Test func widePoisson() throws {
    let rows = wideCounts()
    #expect(try fit(rows, family: "poisson", "--method", "sgd", "--step", "1")["status"] as? String == "diverged")
    let proximal = try fit(rows, family: "poisson", "--method", "sppa", "--step", "1", "--epochs", "5")
    #expect(proximal["status"] as? String == "stopped")
    // With more columns than rows every count can be met, and counts of 0 are met at infinity.
    let automatic = try fit(rows, family: "poisson", exitCode: 3)
    #expect(automatic["status"] as? String == "stopped")
    #expect((automatic["reason"] as? String)?.contains("no finite optimum") == true)
    let coefficients = try #require(automatic["coefficients"] as? [String: Double])
    #expect(coefficients.count == 5000 && coefficients.values.allSatisfy(\.isFinite))
  }

  @Test func featuresOfEveryScale() throws {
    var generator = SeededGenerator(seed: 2)
    let rows = (0..<300).map { _ in
      let (large, small) = (generator.normal() * 1e6, generator.normal() * 1e-3)
      return [1 + 2e-6 * large + 500 * small + 0.1 * generator.normal(), large, small]
    }
    #expect(try fit(rows, family: "gaussian", "--method", "sgd", "--step", "0.1")["status"] as? String == "diverged")
    let result = try fit(rows, family: "gaussian")
    #expect(result["status"] as? String == "converged")
    let coefficients = try #require(result["coefficients"] as? [String: Double])
    #expect(abs(coefficients["x0"]! / 2e-6 - 1) < 0.05 && abs(coefficients["x1"]! / 500 - 1) < 0.05)
  }

  @Test func oneOutlyingLabel() throws {
    var generator = SeededGenerator(seed: 3)
    var rows = (0..<200).map { _ in
      let x = generator.normal()
      return [3 * x + 0.1 * generator.normal(), x]
    }
    rows[17][0] = 1e9
    #expect(try fit(rows, family: "gaussian")["status"] as? String == "converged")
    let robust = try fit(rows, family: "huber")
    #expect(robust["status"] as? String == "converged")
    #expect(abs((robust["coefficients"] as! [String: Double])["x0"]! - 3) < 0.1)
  }
}
