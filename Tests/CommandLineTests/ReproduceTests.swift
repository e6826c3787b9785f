import Foundation
import Testing

/// The experiments of `espalier reproduce` at their smallest: they end, and their output and report are complete.
///
/// Their claims are about experiments of full size, so verdicts are counted here and not judged.
struct ReproduceTests {
  /// The experiments whose results are kept in a folder have suites of their own: those on photographs in
  /// ``ConvolutionalExperimentTests``, that on text in ``TextCommandTests``, all together in ``ReproduceAllTests``.
  private static let tested = [
    "all", "ispasp-decay", "ispasp-mnist", "ispasp-baselines", "sppam-quadratic", "sppam-glm", "sppam-networks",
    "sppam-stability", "sppam-rates", "sppam-rules",
    "ispasp-resnet34", "ispasp-mobilenetv2", "ispasp-bert",
  ]

  /// The standard output and the HTML report of an experiment that succeeded.
  private struct Run {
    let output: String
    let report: String

    /// The rows of each table of the output, as words.
    var tables: [[[Substring]]] {
      output.split(separator: "\n\n").compactMap { block in
        let lines = block.split(separator: "\n")
        guard let rule = lines.firstIndex(where: { $0.hasPrefix("─") }) else { return nil }
        return lines[(rule + 1)...].map { $0.split(separator: " ") }
      }
    }

    /// The lines of the output that begin in one of these ways.
    func lines(beginning ways: String...) -> [Substring] {
      output.split(separator: "\n").filter { line in ways.contains { line.hasPrefix($0) } }
    }

    /// The verdicts of the report.
    var verdictCount: Int { report.matches(of: /class="verdict (holds|mixed|fails|information|open)"/).count }
    /// The charts of the report.
    var chartCount: Int { report.matches(of: /<figure class="(chart|map)"/).count }
  }

  private func run(_ shop: Workshop, _ experiment: String, _ options: String...) throws -> Run {
    try run(shop, experiment, options)
  }

  private func run(_ shop: Workshop, _ experiment: String, _ options: [String]) throws -> Run {
    let outcome = try Tool.run(
      arguments: ["reproduce", experiment, "--report", shop.path("report.html"), "--quiet"] + options)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let report = String(decoding: try shop.contents("report.html"), as: UTF8.self)
    #expect(report.hasPrefix("<!DOCTYPE html>"))
    return Run(output: outcome.output, report: report)
  }

  /// Expects so many claims in the output and in the report, each with a verdict.
  private func expectClaims(_ count: Int, of run: Run) {
    let claims = run.lines(beginning: "claim: ")
    #expect(claims.count == count && run.verdictCount == count)
    for claim in claims {
      #expect(claim.contains(/holds|FAILS|is left open|note/), "\(claim)")
      #expect(!claim.contains("nan"), "\(claim)")
    }
  }

  @Test func noExperimentIsForgotten() throws {
    let names = try CommandDescription.all().map(\.words).filter { $0.count == 3 && $0[1] == "reproduce" }.map { $0[2] }
    #expect(Set(names) == Set(Self.tested))
  }

  @Test func decay() throws {
    let shop = try Workshop(widths: [6, 32, 24, 4])
    let network = ["--model", shop.model, "--calibration", shop.calibration]
    let first = try run(shop, "ispasp-decay", ["--trials", "1", "--json", shop.path("decay.json")] + network)
    let tables = first.tables
    #expect(tables.map(\.count) == [8, 38, 6, 2])
    #expect(try #require(tables.last).map { $0[0] } == ["fc1", "fc2"])
    let rows = try #require(tables.first)
    #expect(
      rows.map { $0[0] + " " + $0[1] }
        == ["100", "200"].flatMap { width in
          ["0.3", "0.5", "0.7", "0.9"].map { "\(width) \($0)" }
        })
    #expect(rows.allSatisfy { row in row.count == 8 && row.prefix(7).allSatisfy { Double($0) != nil } })
    expectClaims(6, of: first)
    #expect(first.chartCount == 7)
    let result = try shop.json(String(decoding: try shop.contents("decay.json"), as: UTF8.self))
    let recoveries = try #require(result["recoveries"] as? [[String: Any]])
    #expect(recoveries.count == 38 && recoveries.allSatisfy { 0...1 ~= $0["foundShare"] as? Double ?? 2 })
    let orthonormal = recoveries.filter { $0["series"] as? String == "correlation" && $0["value"] as? Double == 0 }
    #expect(orthonormal.count == 2)
    for entry in orthonormal {
      #expect(entry["foundShare"] as? Double == 1 && entry["covered"] as? Int == 1 && entry["bounded"] as? Int == 1)
    }
    let single = recoveries.filter { $0["series"] as? String == "outputs" && $0["value"] as? Double == 1 }
    #expect(single.allSatisfy { $0["foundShare"] as? Double ?? 1 < 1 && $0["covered"] as? Int == 0 })
    #expect((result["claims"] as? [[String: Any]])?.count == 6)
    #expect(try run(shop, "ispasp-decay", ["--trials", "1"] + network).output == first.output)
    #expect(try run(shop, "ispasp-decay", ["--trials", "1", "--seed", "1"] + network).output != first.output)
  }

  @Test func decayTakesANetworkWithItsInputs() throws {
    let outcome = try Tool.run("reproduce", "ispasp-decay", "--model", "model.onnx")
    #expect(outcome.status == 64 && outcome.errors.contains("--model and --calibration go together"))
  }

  @Test func twoLayerNetwork() throws {
    let shop = try Workshop()
    let data = try shop.mnist(side: 28, training: 128)
    let result = try run(shop, "ispasp-mnist", "--data", data, "--epochs", "1", "--samples", "4")
    let tables = result.tables
    #expect(tables.map(\.count) == [5, 5, 6, 6, 6])
    // A method to each of five sizes, but for the slowest, which ends with the two smallest.
    for rows in tables.prefix(2) {
      for row in rows { #expect(row.count { $0 == "%" } == 5, "\(row)") }
    }
    #expect(try #require(tables.last).map { $0.count { $0 == "%" } } == [5, 5, 5, 5, 5, 2])
    let verdicts = result.lines(beginning: "holds: ", "mixed: ", "fails: ", "information: ")
    #expect(verdicts.count == 3)
    #expect(result.verdictCount == 3 && result.chartCount == 6)
    #expect(result.output.contains("mini-batch of 4 takes"))
  }

  @Test func twoLayerNetworksAreKept() throws {
    let shop = try Workshop()
    let data = try shop.mnist(side: 28, training: 128)
    let (folder, results) = (shop.path("out"), shop.path("out/results"))
    func run() throws -> Run {
      try self.run(
        shop, "ispasp-mnist", "--data", data, "--epochs", "1", "--samples", "4", "--keep-results", folder)
    }
    let first = try run()
    let networks = try FileManager.default.contentsOfDirectory(atPath: results).sorted()
    // Training, the dense network, ten ways to each of five sizes, six algorithms that are timed.
    #expect(networks.count == 2 + 10 * 5 + 6 && shop.exists("out/dense-0.onnx"))
    // A run that was cut: some of the networks are missing.
    for lost in networks.filter({ $0.contains("obs") || $0.contains("gfs-gram") || $0.contains("random-32") }) {
      try FileManager.default.removeItem(atPath: results + "/" + lost)
    }
    let (dense, random) = (try shop.contents("out/dense-0.onnx"), try shop.contents("out/results/" + networks[30]))
    let second = try run()
    #expect(try FileManager.default.contentsOfDirectory(atPath: results).sorted() == networks)
    #expect(try shop.contents("out/dense-0.onnx") == dense)
    #expect(try shop.contents("out/results/" + networks[30]) == random)
    #expect(
      second.tables.prefix(2).map { $0.map(String.init(describing:)) }
        == first.tables.prefix(2).map { $0.map(String.init(describing:)) })
    // With everything there, nothing is computed, and times are those of the runs before.
    #expect(try run().output == second.output)
    let other = try Tool.run(
      "reproduce", "ispasp-mnist", "--data", data, "--epochs", "2", "--samples", "4", "--keep-results", folder)
    #expect(other.status == 65 && other.errors.contains("epochs was 1, and is 2"))
  }

  @Test func provableBaselines() throws {
    let shop = try Workshop()
    let made = try Tool.run(
      "new", "lenet", "--classes", "4", "--image", "16", "--seed", "1", "-o", shop.path("lenet.onnx"))
    try #require(made.status == 0, "\(made.errors)")
    let result = try run(
      shop, "ispasp-baselines", "--model", shop.path("lenet.onnx"), "--calibration", try shop.mnist(side: 16), "--keep",
      "0.5", "--samples", "8", "--batch", "4")
    // All algorithms, but for accuracies: there are no test samples. The layer is not the last.
    #expect(result.tables.map(\.count) == [7, 7])
    expectClaims(3, of: result)
    #expect(result.chartCount == 2)
  }

  @Test func quadratic() throws {
    let shop = try Workshop()
    let result = try run(shop, "sppam-quadratic")
    let rows = try #require(result.tables.first)
    #expect(rows.map { $0[0] } == ["GD", "PPA", "GDM", "PPAM"])
    expectClaims(3, of: result)
    #expect(result.chartCount == 4)
  }

  @Test func generalisedLinearModels() throws {
    let shop = try Workshop()
    let first = try run(shop, "sppam-glm", "--trials", "1", "--cap", "100")
    let rows = try #require(first.tables.first)
    #expect(rows.count == 6 * 7)
    // The last seven words are the medians: numbers, or marks of no end and of divergence.
    for row in rows {
      #expect(row.suffix(7).allSatisfy { $0 == "–" || $0 == "✕" || Int($0).map { $0 <= 100 } == true }, "\(row)")
    }
    #expect(rows.contains { $0.suffix(7).contains { Int($0) != nil } })
    expectClaims(5, of: first)
    #expect(first.chartCount == 6)
    #expect(try run(shop, "sppam-glm", "--trials", "1", "--cap", "100").output == first.output)
  }

  /// With so few iterations nothing meets the tolerance, and claims that rest on it are left open.
  @Test func smallCapsDecideNothing() throws {
    let result = try run(Workshop(), "sppam-glm", "--trials", "1", "--cap", "1")
    let claims = result.lines(beginning: "claim: ")
    #expect(claims.count == 5 && claims.allSatisfy { $0.contains("is left open: Within 1 iterations") }, "\(claims)")
  }

  @Test func networks() throws {
    let shop = try Workshop()
    let data = try shop.mnist(side: 16)
    let result = try run(
      shop, "sppam-networks", "--data", data, "--epochs", "1", "--training-samples", "16", "--batch", "16", "--steps",
      "3", "--momenta", "0.5,0.9", "--json", shop.path("result.json"))
    let rows = try #require(result.tables.first)
    // Six of ten rules take a momentum.
    #expect(rows.count == 2 * (4 + 6 * 2))
    for row in rows { #expect(row.count { $0 == "%" || $0 == "✕" } == 3, "\(row)") }
    expectClaims(6, of: result)
    #expect(result.chartCount == 2)
    let json = try shop.json(String(decoding: shop.contents("result.json"), as: UTF8.self))
    #expect((json["runs"] as? [Any])?.count == 2 * 16 * 3)
    let claims = try #require(json["claims"] as? [[String: Any]])
    #expect(claims.count == 6)
    // As good as both is not more than either: what holds in part says against which of the two.
    for claim in claims where claim["verdict"] as? String == "holds in part" {
      #expect((claim["evidence"] as? String)?.hasPrefix("Holds for SGD") == true, "\(claim)")
    }
  }

  @Test func imagesThatLeNetDoesNotTakeAreNamed() throws {
    let shop = try Workshop()
    let outcome = try Tool.run(
      "reproduce", "sppam-networks", "--data", shop.mnist(side: 8), "--epochs", "1", "--training-samples", "16",
      "--batch", "16", "--steps", "1", "--momenta", "0.9", "--quiet")
    #expect(outcome.status == 65 && outcome.errors.contains("which LeNet-5 does not take"), "\(outcome.errors)")
    #expect(outcome.errors.contains("16, 20, 24 or more pixels"))
  }

  @Test func stability() throws {
    let shop = try Workshop()
    let result = try run(
      shop, "sppam-stability", "--trials", "1", "--iterations", "10", "--steps", "2", "--momenta", "0.9", "--json",
      shop.path("result.json"))
    let rows = try #require(result.tables.first)
    #expect(rows.count == 6 * 3)
    // Stable and reached cells of two, for each of four families.
    for row in rows { #expect(row.count { Int($0).map { $0 <= 2 } == true } >= 8, "\(row)") }
    expectClaims(6, of: result)
    #expect(result.chartCount == 6 * 2 * 4)
    let json = try shop.json(String(decoding: shop.contents("result.json"), as: UTF8.self))
    #expect((json["maps"] as? [Any])?.count == 6 * 3 * 4)
  }

  @Test func rates() throws {
    let shop = try Workshop()
    let result = try run(shop, "sppam-rates", "--iterations", "100", "--json", shop.path("result.json"))
    #expect(result.tables.prefix(4).map(\.count) == [66, 21, 10, 8])
    expectClaims(13, of: result)
    let json = try shop.json(String(decoding: shop.contents("result.json"), as: UTF8.self))
    #expect(Set(json.keys) == ["claims", "damped", "factors", "sensitivity", "trade"])
  }

  @Test func rules() throws {
    let shop = try Workshop()
    var table = "default,student,balance,income\n"
    for row in 0..<60 {
      table += "\(row % 3 == 0 ? "Yes" : "No"),\(row % 2 == 0 ? "Yes" : "No"),\(row % 7),\(row % 5)\n"
    }
    _ = try shop.folder.file("default.csv", Array(table.utf8))
    let result = try run(
      shop, "sppam-rules", "--tables", shop.folder.path, "--epochs", "2", "--steps", "3", "--rows", "50")
    let rows = try #require(result.tables.first)
    #expect(rows.count == 10 && rows.allSatisfy { $0[0] == "default" })
    #expect(result.output.contains("without rand, doctor, bikes, diamonds, flights, caravan, mortgages"))
    expectClaims(13, of: result)
    #expect(result.chartCount == 1)
    let replacing = try Tool.run(
      "reproduce", "sppam-rules", "--tables", shop.folder.path, "--report", shop.path("default.csv"))
    #expect(replacing.status == 64 && replacing.errors.contains("would replace the input"), "\(replacing.errors)")
    let empty = try Tool.run("reproduce", "sppam-rules", "--tables", Workshop().folder.path, "--quiet")
    #expect(empty.status == 65 && empty.errors.contains("fetch_glm_data.py"), "\(empty.errors)")
  }
}
