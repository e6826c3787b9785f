import EspalierArchitectures
import EspalierGraph
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// `finetune`, `recalibrate`, and fine-tuning within `prune`.
struct FinetuningTests {
  /// The workshop with labels that follow from the samples.
  private func labelled() throws -> (shop: Workshop, data: String) {
    let shop = try Workshop()
    let samples = try NPY.read(shop.calibration).elements(as: Float.self)
    let labels = (0..<40).map { sample in
      Int64(samples[sample * 6] > 0 ? 1 : 0) + (samples[sample * 6 + 1] > 0 ? 2 : 0)
    }
    try NPY.write(Tensor(shape: [40], labels), to: shop.path("labels.npy"))
    return (shop, "\(shop.calibration),\(shop.path("labels.npy"))")
  }

  private func number(_ value: Any?, _ path: String...) -> Double? {
    path.reduce(value) { ($0 as? [String: Any])?[$1] } as? Double
  }

  @Test func finetuningOnLabelsReportsAccuracyBeforeAndAfter() throws {
    let (shop, data) = try labelled()
    let outcome = try Tool.run(
      "finetune", shop.model, "--data", data, "--epochs", "40", "--batch", "10", "--step", "0.05", "-o",
      shop.path("tuned.onnx"), "--json", "-", "--quiet")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let result = try shop.json(outcome.output)
    #expect((result["epochs"] as? [Any])?.count == 40)
    let losses = (number(result, "before", "loss") ?? 0, number(result, "after", "loss") ?? 9)
    #expect(losses.1 < losses.0 / 2)
    let text = try Tool.run(
      "finetune", shop.model, "--data", data, "--epochs", "1", "--batch", "10", "-o", shop.path("tuned.onnx"), "--quiet"
    )
    #expect(text.output.contains("before") && text.output.contains("fine-tuned"))
  }

  @Test func finetuningWithoutLabelsLearnsFromTheTeacher() throws {
    let shop = try Workshop()
    _ = try Tool.run(
      "prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "--no-refit", "-o",
      shop.path("small.onnx"))
    let outcome = try Tool.run(
      "finetune", shop.path("small.onnx"), "--teacher", shop.model, "--calibration", shop.calibration, "--epochs", "60",
      "--batch", "16", "--step", "0.01", "-o", shop.path("tuned.onnx"), "--json", "-", "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try shop.json(outcome.output)
    let errors = (
      number(result, "distillation", "before", "error") ?? 0, number(result, "distillation", "after", "error") ?? 9
    )
    #expect(errors.1 < errors.0 / 2)
    #expect(result["before"] == nil)
  }

  @Test func pruningWithFinetuningReportsEachBlock() throws {
    let (shop, data) = try labelled()
    let outcome = try Tool.run(
      "prune", shop.model, "--calibration", shop.calibration, "--keep", "0.25", "--finetune", data, "--finetune-batch",
      "10", "--epochs", "30", "--step", "0.05", "-o", shop.path("small.onnx"), "--json", "-", "--report",
      shop.path("report.html"), "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let accuracy = try #require(try shop.json(outcome.output)["accuracy"] as? [String: Any])
    let block = try #require((accuracy["blocks"] as? [[String: Any]])?.first)
    #expect(block["group"] as? String == "fc1")
    #expect(number(accuracy, "finetuned", "loss") ?? 9 < number(block, "pruned", "loss") ?? 0)
    #expect(number(accuracy, "before", "top1") != nil)
    #expect(try ONNXFile.read(shop.path("small.onnx")).graph.constants["fc1.weight"]?.shape == [4, 6])
  }

  @Test func recalibrationChangesStatisticsAlone() throws {
    let shop = try Workshop()
    let network = try #require(MobileNetV2(classes: 3, imageSize: 32, widthFactor: 0.1)).model(seed: 1)
    try ONNXFile.write(network, to: shop.path("network.onnx"))
    try NPY.write(Workshop.random([6, 3, 32, 32]), to: shop.path("images.npy"))
    let outcome = try Tool.run(
      "recalibrate", shop.path("network.onnx"), "--calibration", shop.path("images.npy"), "--samples", "4", "--batch",
      "2",
      "-o", shop.path("recalibrated.onnx"), "--quiet")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let recalibrated = try ONNXFile.read(shop.path("recalibrated.onnx")).graph
    for (name, tensor) in network.graph.constants {
      #expect((recalibrated.constants[name] == tensor) == !name.contains("running"), "\(name)")
    }
    #expect(recalibrated.nodes == network.graph.nodes)
  }

  @Test func whatCannotBeDoneIsRefused() throws {
    let shop = try Workshop()
    let nothing = try Tool.run(
      "recalibrate", shop.model, "--calibration", shop.calibration, "-o", shop.path("out.onnx"))
    #expect(nothing.status == 2 && nothing.errors.contains("no batch normalisation"))
    let bare = try Tool.run(
      "finetune", shop.model, "--data", shop.calibration, "-o", shop.path("out.onnx"), "--quiet")
    #expect(bare.status == 65 && bare.errors.contains("has no labels"))
    let (data, teacher) = (["--data", shop.calibration], ["--teacher", shop.model])
    for usage in [
      [], teacher, data + ["--calibration", shop.calibration] + teacher, data + ["--minutes", "1"],
      data + teacher + ["--minutes", "1", "--epochs", "2"], data + teacher + ["--minutes", "0"],
    ] {
      #expect(try Tool.run(arguments: ["finetune", shop.model, "-o", shop.path("out.onnx")] + usage).status == 64)
    }
    #expect(!shop.exists("out.onnx"))
  }
}
