import Foundation
import Testing

/// `espalier reproduce all` at its smallest: every experiment runs, and a run that was cut ends at the same report.
struct ReproduceAllTests {
  private func run(_ shop: Workshop, in folder: String = "out", _ options: [String]) throws -> Tool.Outcome {
    try Tool.run(
      arguments: ["reproduce", "all", "--size", "smoke", "--output-directory", shop.path(folder), "--quiet"] + options)
  }

  private func claims(_ shop: Workshop, in folder: String = "out") throws -> [[String: Any]] {
    let parsed = try JSONSerialization.jsonObject(with: shop.contents("\(folder)/claims.json"))
    return try #require(parsed as? [[String: Any]])
  }

  @Test func everyClaimIsJudged() throws {
    let shop = try Workshop()
    let outcome = try run(shop, ["--data", shop.mnist(side: 28, training: 64)])
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let report = String(decoding: try shop.contents("out/report.html"), as: UTF8.self)
    #expect(report.hasPrefix("<!DOCTYPE html>") && report.contains("In the paper") && report.contains("73.5"))
    let claims = try claims(shop)
    #expect(claims.filter { $0["paper"] is String }.count > 20)
    for claim in claims {
      let (verdict, reason) = (claim["verdict"] as? String, claim["reason"] as? String ?? "")
      if claim["experiment"] as? String == "ispasp-bert" {
        #expect(verdict == "is left open" && reason.contains("--encoder"))
      } else {
        #expect(["holds", "holds in part", "fails", "note", "is left open"].contains(verdict), "\(claim)")
        #expect(!reason.hasPrefix("Not tried"), "\(claim)")
      }
      #expect(!reason.isEmpty)
    }
    let experiments = Set(claims.compactMap { $0["experiment"] as? String })
    let commands = try CommandDescription.all().map(\.words).filter { $0.count == 3 && $0[1] == "reproduce" }
    // `sppam-rules` answers no claim of a paper and is not run without tables: it has nothing in the list.
    #expect(experiments == Set(commands.map { $0[2] }).subtracting(["all", "sppam-rules"]))
    #expect(report.contains("there are no tables of real data"))
    // All is kept: another run computes nothing, and times are those of the first.
    let again = try run(shop, ["--data", shop.mnist(side: 28, training: 64)])
    #expect(again.status == 0 && again.output == outcome.output)
    #expect(String(decoding: try shop.contents("out/report.html"), as: UTF8.self) == report)
    let other = try run(shop, ["--data", shop.mnist(side: 28, training: 64), "--seed", "1"])
    #expect(other.status == 65 && other.errors.contains("other settings"), "\(other.errors)")
  }

  @Test func aRunThatWasCutEndsAtTheSameReport() throws {
    let shop = try Workshop()
    let options = ["--only", "ispasp-decay", "sppam-glm"]
    let whole = try run(shop, in: "out", options)
    #expect(whole.status == 0, "\(whole.errors)")
    let process = try Tool.start(
      ["reproduce", "all", "--size", "smoke", "--output-directory", shop.path("cut"), "--quiet"] + options)
    // Cut once the first curves are there.
    while process.isRunning, !shop.exists("cut/ispasp-decay/results/100-units-p-0.5.json") { usleep(2000) }
    process.terminate()
    process.waitUntilExit()
    #expect(!shop.exists("cut/sppam-glm/results/poisson-5.0-sppam-joint-damped.json"))
    let finished = try run(shop, in: "cut", options)
    #expect(finished.status == 0, "\(finished.errors)")
    func report(_ folder: String) throws -> String {
      String(decoding: try shop.contents("\(folder)/report.html"), as: UTF8.self).replacing(
        shop.path(folder), with: "FOLDER")
    }
    #expect(try report("cut") == report("out"))
    #expect(try shop.contents("cut/claims.json") == shop.contents("out/claims.json"))
    let untried = try claims(shop).filter { !options.contains($0["experiment"] as? String ?? "") }
    #expect(!untried.isEmpty && untried.allSatisfy { $0["verdict"] as? String == "is left open" })
    #expect(untried.allSatisfy { ($0["reason"] as? String)?.contains("--only leaves it out") == true })
  }

  @Test func wrongOptionsAreUsageErrors() throws {
    let shop = try Workshop()
    let wrong = [
      ["--only", "ispasp-magic"], ["--encoder", "x.onnx"], ["--resnet34", "x.onnx"], ["--text-test", "x.tsv"],
      ["--quick", "--data", "mnist:x"],
    ]
    for options in wrong {
      let outcome = try run(shop, options)
      #expect(outcome.status == 64, "\(options) \(outcome.status)")
    }
  }
}
