import EspalierGraph
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// `prune --budget`, `--agree`, `--error`, and `sensitivity`, end to end.
struct BudgetCommandTests {
  private func prune(_ shop: Workshop, _ arguments: String...) throws -> Tool.Outcome {
    try Tool.run(
      arguments: ["prune", shop.model, "--calibration", shop.calibration, "-o", shop.path("small.onnx"), "--quiet"]
        + arguments)
  }

  @Test func budgetsAreMetAndReported() throws {
    let shop = try Workshop(widths: [6, 40, 30, 4])
    let outcome = try prune(
      shop, "--budget", "macs=0.5", "--budget", "bytes=6KB", "--json", shop.path("result.json"), "--report",
      shop.path("report.html"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("The budget is used to") && outcome.output.contains("Kept are "))
    let result = try shop.json(String(decoding: shop.contents("result.json"), as: UTF8.self))
    let budget = try #require(result["budget"] as? [String: Any])
    let entries = try #require(budget["entries"] as? [[String: Any]])
    #expect(entries.map { $0["kind"] as? String } == ["MACs", "bytes"])
    let uses = entries.map { ($0["reached"] as? Double ?? .infinity) / ($0["asked"] as? Double ?? 0) }
    #expect(uses.allSatisfy { $0 <= 1 } && uses.max() ?? 0 >= 0.98, "\(uses)")
    let choices = try #require(budget["choices"] as? [[String: Any]])
    #expect(choices.compactMap { $0["rule"] as? String }.contains("uniform"))
    let after = try #require(result["after"] as? [String: Any])
    #expect(after["bytes"] as? Double == entries[1]["reached"] as? Double)
    let small = try ONNXFile.read(shop.path("small.onnx")).graph
    #expect(small.constants.values.reduce(0) { $0 + $1.bytes.count } <= 6000)
    let report = String(decoding: try shop.contents("report.html"), as: UTF8.self)
    #expect(report.contains("The budget is used to") && report.contains("Size-error curves"))
  }

  @Test func groupsArePinnedAndHaveFloors() throws {
    let shop = try Workshop(widths: [6, 40, 30, 4])
    let outcome = try prune(
      shop, "--budget", "macs=0.5", "--keep", "fc2=0.5", "--floor", "0.3", "--floor", "fc1=0.4", "--json", "-")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let groups = try #require(try shop.json(outcome.output)["groups"] as? [[String: Any]])
    #expect(groups.map { ($0["kept"] as? [Int])?.count ?? 0 }[1] == 15)
    #expect(groups.map { ($0["kept"] as? [Int])?.count ?? 0 }[0] >= 16)
  }

  @Test func latencyIsABudgetBesideOthers() throws {
    let shop = try Workshop(widths: [6, 40, 30, 4])
    // Times of the smallest networks are noise: any is fast enough for a network and its like.
    let outcome = try prune(shop, "--budget", "latency=1", "--budget", "macs=0.6", "--json", "-")
    guard outcome.status != 2 else {
      #expect(outcome.errors.contains("latency=1.0 cannot be met"))
      return
    }
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try shop.json(outcome.output)
    let entries = try #require((result["budget"] as? [String: Any])?["entries"] as? [[String: Any]])
    #expect(entries.map { $0["kind"] as? String } == ["latency", "MACs"] && entries[0]["reached"] == nil)
    #expect(entries[1]["reached"] as? Double ?? .infinity <= 0.6 * 1560)
  }

  @Test func theSmallestNetworkForAnErrorIsFound() throws {
    let shop = try Workshop(widths: [6, 40, 30, 4])
    let outcome = try prune(shop, "--error", "0.6", "--json", "-")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try shop.json(outcome.output)
    let fidelity = try #require(result["fidelity"] as? [String: Any])
    #expect(fidelity["relativeError"] as? Double ?? 1 <= 0.6)
    #expect((result["budget"] as? [String: Any])?["prunings"] as? Int ?? 0 > 0)
    let refusal = try prune(shop, "--error", "0")
    #expect(refusal.status == 2 && refusal.errors.contains("is not reached at any size"), "\(refusal.errors)")
  }

  @Test func nonsenseIsRefused() throws {
    let shop = try Workshop(widths: [6, 16, 4])
    for (arguments, words) in [
      (["--budget", "speed=2"], "limits \"speed\""), (["--budget", "macs=0"], "is not above 0"),
      (["--budget", "macs=0.5", "--agree", "0.9"], "give one"), (["--agree", "2"], "--agree takes a share"),
      (["--error=-1"], "--error takes a number"), (["--keep", "0.5", "--floor", "0.1"], "--floor goes with"),
      (["--budget", "macs=0.5", "--keep", "0.5"], "pins a group"), ([], "or --budget a cost"),
    ] {
      let outcome = try Tool.run(
        arguments: ["prune", shop.model, "--calibration", shop.calibration, "-o", shop.path("small.onnx")] + arguments)
      #expect(outcome.status == 64 && outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
    }
    let unreachable = try prune(shop, "--budget", "macs=0.01")
    #expect(unreachable.status == 2 && unreachable.errors.contains("every group at its floor"))
    #expect(!shop.exists("small.onnx"))
  }

  @Test func sensitivityIsMeasured() throws {
    let shop = try Workshop(widths: [6, 16, 12, 4])
    try NPY.write(Tensor(shape: [40], (0..<40).map { Int64($0 % 4) }), to: shop.path("labels.npy"))
    let outcome = try Tool.run(
      "sensitivity", shop.model, "--calibration", shop.calibration, "--sizes", "0.25,0.5", "--evaluate",
      "\(shop.calibration),\(shop.path("labels.npy"))", "--json", shop.path("result.json"), "--report",
      shop.path("report.html"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("divergence") && outcome.output.contains("fc2"))
    let result = try shop.json(String(decoding: shop.contents("result.json"), as: UTF8.self))
    let groups = try #require(result["groups"] as? [[String: Any]])
    #expect(groups.map { $0["id"] as? String } == ["fc1", "fc2"] && result["accuracy"] is Double)
    let sizes = try #require(groups[0]["sizes"] as? [[String: Any]])
    #expect(sizes.map { $0["count"] as? Int } == [4, 8])
    for size in sizes {
      #expect(size["divergence"] as? Double ?? 0 > 0 && 0...1 ~= size["accuracy"] as? Double ?? 2)
      #expect(size["relativeResidual"] as? Double ?? 0 > 0)
    }
    #expect(String(decoding: try shop.contents("report.html"), as: UTF8.self).contains("<svg"))
    #expect(try Tool.run("sensitivity", shop.model, "--calibration", shop.calibration, "--sizes", "2").status == 64)
  }
}
