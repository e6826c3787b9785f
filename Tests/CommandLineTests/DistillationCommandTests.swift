import EspalierArchitectures
import EspalierGraph
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// `prune --distil` and `finetune --teacher`, in a second or two.
struct DistillationCommandTests {
  private func leNet(_ shop: Workshop) throws -> (model: String, data: String) {
    let network = try #require(LeNet(classes: 4, imageSize: 16, channels: 1)).model(seed: 1)
    try ONNXFile.write(network, to: shop.path("lenet.onnx"))
    try NPY.write(Workshop.random([120, 1, 16, 16]), to: shop.path("images.npy"))
    return (shop.path("lenet.onnx"), shop.path("images.npy"))
  }

  private func error(_ value: Any?, _ name: String) -> Double? {
    ((value as? [String: Any])?["outputs"] as? [String: Any])?[name] as? Double
  }

  @Test func pruningIsFollowedByDistillation() throws {
    let shop = try Workshop()
    let (model, data) = try leNet(shop)
    let outcome = try Tool.run(
      "prune", model, "--calibration", data, "--keep", "0.5", "--round-to", "1", "--distil", "0.05", "-o",
      shop.path("small.onnx"), "--json", "-", "--report", shop.path("report.html"), "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try shop.json(outcome.output)
    let distillation = try #require(result["distillation"] as? [String: Any])
    #expect(distillation["seconds"] as? Double ?? 0 > 0 && distillation["heldOut"] as? Int ?? 0 > 0)
    let (before, after) = (error(distillation, "before") ?? -1, error(distillation, "after") ?? 9)
    #expect(after <= before)
    for block in try #require(distillation["blocks"] as? [[String: Any]]) {
      #expect(block["after"] as? Double ?? 9 <= block["before"] as? Double ?? -1)
    }
    // A part of the inputs is held out even from pruning, so that no twin is judged instead.
    #expect((result["fidelity"] as? [String: Any])?["twin"] as? Bool == false)
    #expect(distillation["fidelityBefore"] is [String: Any])
    #expect(String(decoding: try shop.contents("report.html"), as: UTF8.self).contains("Distillation"))
    let without = try Tool.run(
      "prune", model, "--calibration", data, "--keep", "0.5", "--round-to", "1", "-o", shop.path("plain.onnx"),
      "--json", "-", "--quiet")
    #expect(try shop.json(without.output)["distillation"] is NSNull)
  }

  @Test func aTeacherTeachesWithoutSettings() throws {
    let shop = try Workshop()
    let (model, data) = try leNet(shop)
    _ = try Tool.run(
      "prune", model, "--calibration", data, "--keep", "0.5", "--round-to", "1", "--no-refit", "-o",
      shop.path("small.onnx"), "--quiet")
    let name = try ONNXFile.read(model).graph.feeds[0].name
    let outcome = try Tool.run(
      "finetune", shop.path("small.onnx"), "--teacher", model, "--data", "\(name)=\(data)", "--minutes", "0.05",
      "--samples", "100", "-o", shop.path("tuned.onnx"), "--json", shop.path("result.json"), "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("the whole network"))
    let result = try shop.json(String(decoding: shop.contents("result.json"), as: UTF8.self))
    let distillation = try #require(result["distillation"] as? [String: Any])
    let errors = ["before", "after"].map { (distillation[$0] as? [String: Any])?["error"] as? Double ?? -1 }
    #expect(errors[0] > 0 && errors[1] >= 0 && errors[1] <= errors[0])
    #expect((result["epochs"] as? [Any])?.isEmpty == true)
  }

  @Test func aFaultyTeacherIsNamed() throws {
    let shop = try Workshop()
    let (model, data) = try leNet(shop)
    var faulty = try ONNXFile.read(model)
    faulty.graph.nodes[1].op = "Unheard"
    try ONNXFile.write(faulty, to: shop.path("faulty.onnx"))
    let outcome = try Tool.run(
      "finetune", model, "--teacher", shop.path("faulty.onnx"), "--data", data, "--minutes", "0.05", "-o",
      shop.path("tuned.onnx"), "--quiet")
    #expect(outcome.status == 65 && outcome.errors.contains("faulty.onnx") && !outcome.errors.contains("lenet.onnx"))
    #expect(!shop.exists("tuned.onnx"))
  }

  @Test func distillationAndLabelsExcludeEachOther() throws {
    let shop = try Workshop()
    for options in [["--distil", "0"], ["--distil", "1", "--finetune", shop.calibration]] {
      let usual = ["prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5"]
      #expect(try Tool.run(arguments: usual + ["-o", shop.path("small.onnx")] + options).status == 64)
    }
  }
}
