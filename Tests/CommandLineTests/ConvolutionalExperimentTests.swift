import Foundation
import ONNX
import Tensors
import Testing

/// `espalier reproduce ispasp-resnet34` and `espalier new` with stems, on networks so small that they take seconds.
struct ConvolutionalExperimentTests {
  /// The four files of a small MNIST in `shop`: images of 8 pixels whose level says the class.
  private func data(_ shop: Workshop) throws -> String {
    var generator = SeededGenerator(seed: 1)
    func big(_ number: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
    for (part, count) in [("train", 48), ("t10k", 24)] {
      let labels = (0..<count).map { UInt8($0 % 4) }
      let pixels = labels.flatMap { label in
        (0..<64).map { _ in 60 * label + UInt8(generator.index(below: 40)) }
      }
      _ = try shop.folder.file("\(part)-images-idx3-ubyte", [0, 0, 8, 3] + big(count) + big(8) + big(8) + pixels)
      _ = try shop.folder.file("\(part)-labels-idx1-ubyte", [0, 0, 8, 1] + big(count) + labels)
    }
    return "mnist:\(shop.folder.path),size=16,channels=3"
  }

  private func run(_ shop: Workshop, _ more: String...) throws -> Tool.Outcome {
    let fixed = [
      "reproduce", "ispasp-resnet34", "--data", try data(shop), "--output-directory", shop.path("out"), "--stem",
      "imagenet",
      "--width", "0.125", "--epochs", "1", "--finetune-epochs", "1", "--samples", "16", "--batch", "16", "--step",
      "0.001",
      "--finetune-step", "0.001", "--quiet",
    ]
    return try Tool.run(arguments: fixed + more)
  }

  @Test func anInterruptedExperimentGoesOn() throws {
    let shop = try Workshop()
    let first = try run(shop, "--methods", "ispasp-refit", "uniform", "--keep", "paper", "0.5")
    #expect(first.status == 0, "\(first.errors)")
    func results() throws -> [String: Any] {
      try shop.json(String(decoding: shop.contents("out/results.json"), as: UTF8.self))
    }
    let dense = try #require(try results()["dense"] as? [String: Any])
    let denseMACs = (dense["cost"] as? [String: Any])?["macs"] as? Int ?? 0
    let outcomes = try #require(try results()["outcomes"] as? [[String: Any]])
    #expect(outcomes.map { $0["method"] as? String } == ["ispasp-refit", "uniform", "ispasp-refit", "uniform"])
    let macs = outcomes.map { ($0["cost"] as? [String: Any])?["macs"] as? Int ?? 0 }
    #expect(macs.allSatisfy { $0 > 0 && $0 < denseMACs })
    for pair in [(0, 1), (2, 3)] { #expect(abs(Double(macs[pair.0]) / Double(macs[pair.1]) - 1) < 0.2) }
    #expect(outcomes[0]["pruned"] is Double && outcomes[1]["pruned"] == nil)
    #expect(outcomes.allSatisfy { (0...1).contains($0["finetuned"] as? Double ?? -1) })

    let model = try shop.contents("out/dense.onnx")
    let second = try run(shop, "--methods", "ispasp", "l1", "--keep", "paper")
    #expect(second.status == 0, "\(second.errors)")
    #expect(try shop.contents("out/dense.onnx") == model)
    let grown = try #require(try results()["outcomes"] as? [[String: Any]])
    #expect(grown.count == 6)
    #expect(NSArray(array: Array(grown.prefix(4))) == NSArray(array: outcomes))
    let report = String(decoding: try shop.contents("out/report.html"), as: UTF8.self)
    #expect(report.contains("<svg") && report.contains("These results are not that"))
    #expect(second.output.contains("Uniform width"))

    let other = try run(shop, "--seed", "9")
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
