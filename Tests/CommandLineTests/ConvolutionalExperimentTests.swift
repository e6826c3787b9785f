import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// `espalier reproduce ispasp-resnet34`, its sibling, and `espalier new` with stems, on networks so small that they
/// take seconds.
struct ConvolutionalExperimentTests {
  /// Small images as networks for photographs read them.
  private func data(_ shop: Workshop) throws -> String { try shop.mnist() + ",size=16,channels=3" }

  private func run(_ shop: Workshop, _ more: [String], of experiment: String = "ispasp-resnet34") throws -> Tool.Outcome
  {
    try Tool.run(
      arguments: [
        "reproduce", experiment, "--data", try data(shop), "--output-directory", shop.path("out"), "--stem", "imagenet",
        "--width", "0.125", "--epochs", "1", "--finetune-epochs", "1", "--samples", "16", "--batch", "16",
        "--step", "0.001", "--finetune-step", "0.001", "--quiet",
      ] + more)
  }

  private func outcomes(_ shop: Workshop) throws -> [[String: Any]] {
    let results = try shop.json(String(decoding: shop.contents("out/results.json"), as: UTF8.self))
    return try #require(results["outcomes"] as? [[String: Any]])
  }

  @Test func mobileNetGoesOn() throws {
    let shop = try Workshop()
    let first = try run(shop, ["--methods", "ispasp", "--keep", "0.5"], of: "ispasp-mobilenetv2")
    #expect(first.status == 0, "\(first.errors)")
    let (model, kept) = (try shop.contents("out/dense.onnx"), try outcomes(shop))
    #expect(kept.map { $0["method"] as? String } == ["ispasp"])
    let second = try run(shop, ["--methods", "ispasp", "random", "--keep", "0.5"], of: "ispasp-mobilenetv2")
    #expect(second.status == 0, "\(second.errors)")
    #expect(try shop.contents("out/dense.onnx") == model)
    let grown = try outcomes(shop)
    #expect(grown.map { $0["method"] as? String } == ["ispasp", "random"])
    #expect(NSArray(array: Array(grown.prefix(1))) == NSArray(array: kept))
    let report = String(decoding: try shop.contents("out/report.html"), as: UTF8.self)
    #expect(report.contains("<svg") && report.contains("class=\"verdict "))
    #expect(report.contains("i-SpaSP is more accurate than random selection"))
  }

  @Test func anInterruptedExperimentGoesOn() throws {
    let shop = try Workshop()
    let first = try run(shop, ["--methods", "ispasp-refit", "uniform", "--keep", "paper", "0.5"])
    #expect(first.status == 0, "\(first.errors)")
    let results = try shop.json(String(decoding: shop.contents("out/results.json"), as: UTF8.self))
    let dense = try #require(results["dense"] as? [String: Any])
    let denseMACs = (dense["cost"] as? [String: Any])?["macs"] as? Int ?? 0
    let outcomes = try outcomes(shop)
    #expect(outcomes.map { $0["method"] as? String } == ["ispasp-refit", "uniform", "ispasp-refit", "uniform"])
    // Without i-SpaSP itself, claims are judged for i-SpaSP with a re-fit, and those without a rival are not tried.
    let verdicts = String(decoding: try shop.contents("out/report.html"), as: UTF8.self)
    #expect(verdicts.contains("i-SpaSP + re-fit is within 1 point of the dense network"))
    #expect(verdicts.contains("because GFS is not among the methods"))
    #expect(verdicts.matches(of: /class="verdict (holds|mixed|fails)"/).count == 3)
    #expect(verdicts.matches(of: /class="verdict open"/).count == 3)
    let macs = outcomes.map { ($0["cost"] as? [String: Any])?["macs"] as? Int ?? 0 }
    #expect(macs.allSatisfy { $0 > 0 && $0 < denseMACs })
    for pair in [(0, 1), (2, 3)] { #expect(abs(Double(macs[pair.0]) / Double(macs[pair.1]) - 1) < 0.2) }
    #expect(outcomes[0]["pruned"] is Double && outcomes[1]["pruned"] == nil)
    #expect(outcomes.allSatisfy { (0...1).contains($0["finetuned"] as? Double ?? -1) })

    let model = try shop.contents("out/dense.onnx")
    let second = try run(shop, ["--methods", "ispasp", "l1", "--keep", "paper"])
    #expect(second.status == 0, "\(second.errors)")
    #expect(try shop.contents("out/dense.onnx") == model)
    let grown = try self.outcomes(shop)
    #expect(grown.count == 6)
    #expect(NSArray(array: Array(grown.prefix(4))) == NSArray(array: outcomes))
    let report = String(decoding: try shop.contents("out/report.html"), as: UTF8.self)
    #expect(report.contains("<svg") && report.contains("These results are not that"))
    #expect(second.output.contains("Uniform width"))

    let other = try run(shop, ["--seed", "9"])
    #expect(other.status == 65 && other.errors.contains("other settings"))
  }

  @Test func greyImagesOfOneChannelAreRefused() throws {
    let shop = try Workshop()
    let grey = try data(shop).replacing(",channels=3", with: "")
    let outcome = try Tool.run(
      "reproduce", "ispasp-mobilenetv2", "--data", grey, "--output-directory", shop.path("out"), "--quiet")
    #expect(outcome.status == 65 && outcome.errors.contains("size=32,channels=3"))
  }

  @Test func wrongOptionsAreUsageErrors() throws {
    let shop = try Workshop()
    for wrong in [["--keep", "2"], ["--methods", "magic"], ["--epochs", "0"], ["--stem", "big"]] {
      let outcome = try Tool.run(
        arguments: ["reproduce", "ispasp-resnet34", "--data", data(shop), "--output-directory", shop.path("out")]
          + wrong)
      #expect(outcome.status == 64, "\(wrong)")
      #expect(!shop.exists("out"))
    }
  }

  @Test func newTakesAStem() throws {
    let shop = try Workshop()
    var macs: [Int] = []
    for stem in ["imagenet", "small"] {
      let made = try Tool.run(
        "new", "resnet18", "--classes", "10", "--image", "32", "--stem", stem, "--width", "0.25", "-o", shop.path(stem))
      #expect(made.status == 0, "\(made.errors)")
      macs.append(try shop.json(Tool.run("inspect", shop.path(stem), "--json").output)["macs"] as? Int ?? 0)
    }
    #expect(macs[0] > 0 && macs[1] > 8 * macs[0])
  }
}
