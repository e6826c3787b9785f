import EspalierArchitectures
import EspalierGraph
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// The command line as others rely on it: arguments, JSON, exit codes.
struct ContractTests {
  @Test func inspectAsJSON() throws {
    let shop = try Workshop()
    let outcome = try Tool.run("inspect", shop.model, "--json")
    #expect(outcome.status == 0)
    let result = try shop.json(outcome.output)
    #expect(result["parameters"] as? Int == 6 * 16 + 16 + 16 * 4 + 4)
    #expect(result["macs"] as? Int == 6 * 16 + 16 * 4)
    #expect(result["bytes"] as? Int == 4 * 180 && result["peakActivationBytes"] as? Int ?? 0 >= 4 * (16 + 4))
    let groups = try #require(result["groups"] as? [[String: Any]])
    #expect(groups.map { $0["id"] as? String } == ["fc1", "fc2"])
    #expect(groups[0]["size"] as? Int == 16 && groups[0]["scope"] as? String == "inner")
    #expect(groups[0]["prunable"] as? Bool == true && groups[0]["reason"] is NSNull)
    #expect(groups[0]["members"] as? [String] == ["fc1.weight[0]", "fc1.bias[0]", "fc2.weight[1]"])
    #expect(groups[1]["prunable"] as? Bool == false && groups[1]["reason"] is String)
    #expect(result["countedFor"] as? [String: [Int]] == ["input": [1, 6]])
    #expect((result["openAxes"] as? [[String: Any]])?.compactMap { $0["axis"] as? Int } == [0])
  }

  @Test func inspectSaysWhatItsCostsAreCountedFor() throws {
    let shop = try Workshop()
    var network = try #require(LeNet(classes: 4, imageSize: 16, channels: 1)).model(seed: 1)
    network.graph.inputs[0].dimensions = [.symbolic("N"), .fixed(1), .symbolic("height"), .unknown]
    let end = try #require(network.graph.nodes.lastIndex { $0.op == "Conv" })
    network.graph.nodes.removeSubrange((end + 1)...)
    network.graph.outputs = [ValueInfo(try #require(network.graph.nodes.last).outputs[0])]
    try ONNXFile.write(network, to: shop.path("open.onnx"))
    let text = try Tool.run("inspect", shop.path("open.onnx"))
    #expect(text.status == 0, "\(text.errors)")
    let name = network.graph.inputs[0].name
    #expect(text.output.contains("; the file leaves axis 2 of \(name) (height), axis 3 of \(name) open"))
    let result = try shop.json(Tool.run("inspect", shop.path("open.onnx"), "--json").output)
    let counted = try #require((result["countedFor"] as? [String: [Int]])?[name])
    #expect(
      counted.count == 4 && counted[0] == 1 && counted[1] == 1 && text.output.contains("counted for \(name) 1 x 1 x"))
    #expect((result["openAxes"] as? [[String: Any]])?.compactMap { $0["name"] as? String } == ["N", "height"])
  }

  @Test func pruneWritesModelJSONAndReport() throws {
    let shop = try Workshop()
    let outcome = try Tool.run(
      "prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "--method", "ispasp", "--no-refit",
      "--output",
      shop.path("small.onnx"), "--json", shop.path("result.json"), "--report", shop.path("report.html"), "--trace")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try shop.json(String(decoding: shop.contents("result.json"), as: UTF8.self))
    let group = try #require((result["groups"] as? [[String: Any]])?.first)
    let kept = try #require(group["kept"] as? [Int])
    #expect(group["id"] as? String == "fc1" && group["size"] as? Int == 16 && kept.count == 8 && kept == kept.sorted())
    for key in ["residual", "relativeResidual"] { #expect(group[key] as? Double ?? -1 >= 0) }
    #expect(group["iterations"] as? Int ?? 0 >= 1 && group["method"] as? String == "ispasp")
    #expect((result["before"] as? [String: Any])?["parameters"] as? Int == 180)
    #expect((result["after"] as? [String: Any])?["macs"] as? Int == 80)
    for key in ["bytes", "peakActivationBytes"] {
      let (before, after) = (result["before"] as? [String: Any], result["after"] as? [String: Any])
      #expect(after?[key] as? Int ?? 0 > 0 && after?[key] as? Int ?? 0 <= before?[key] as? Int ?? 0)
    }
    let latency = try #require(result["latency"] as? [String: Any])
    #expect(["faster", "not faster on this machine"].contains(latency["verdict"] as? String))
    for side in ["before", "after"] {
      let measured = try #require(latency[side] as? [String: Any])
      #expect(measured["p90"] as? Double ?? 0 >= measured["median"] as? Double ?? 1)
    }
    for key in ["calibration", "selection", "total"] { #expect((result["seconds"] as? [String: Any])?[key] is Double) }
    #expect((result["verification"] as? [String: Any])?["maximumDifference"] as? Double ?? 1 < 1e-5)
    #expect(String(decoding: try shop.contents("report.html"), as: UTF8.self).contains("<svg"))

    let small = try ONNXFile.read(shop.path("small.onnx")).graph
    #expect(small.constants["fc1.weight"] == shop.graph.constants["fc1.weight"]!.taking(kept, along: 0))
    #expect(small.constants["fc2.weight"] == shop.graph.constants["fc2.weight"]!.taking(kept, along: 1))
  }

  @Test func pruneSaysWhatChangedOnInputsItHasNotSeen() throws {
    let shop = try Workshop()
    let outcome = try Tool.run(
      "prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "-o", shop.path("small.onnx"), "--json",
      shop.path("result.json"), "--report", shop.path("report.html"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let result = try shop.json(String(decoding: shop.contents("result.json"), as: UTF8.self))
    let group = try #require((result["groups"] as? [[String: Any]])?.first)
    #expect(group["method"] as? String == "backward" && group["refittedResidual"] is Double)
    let fidelity = try #require(result["fidelity"] as? [String: Any])
    #expect(fidelity["samples"] as? Int == 8 && fidelity["twin"] as? Bool == true)
    #expect(0...1 ~= fidelity["agreement"] as? Double ?? 2 && fidelity["relativeError"] as? Double ?? 0 > 0)
    let output = try #require((fidelity["outputs"] as? [[String: Any]])?.first)
    #expect(output["name"] as? String == "output" && output["relativeError"] as? Double ?? 0 > 0)
    let divergence = try #require(fidelity["klDivergence"] as? Double)
    #expect(divergence > 0 && output["klDivergence"] as? Double == divergence)
    let interval = try #require(fidelity["agreementInterval"] as? [String: Double])
    #expect(interval["low"] ?? 1 < interval["high"] ?? 0)
    let report = String(decoding: try shop.contents("report.html"), as: UTF8.self)
    #expect(report.contains("What changed") && !report.contains("equals the masked original"))
    #expect(outcome.output.contains("On 8 inputs that a twin") && outcome.output.contains("relative error"))
    #expect(!report.contains("✓ Holds") && report.contains("<desc>"))
    let summary = try #require(result["summary"] as? String)
    #expect(outcome.output.contains(summary) && summary.contains("KL divergence") && summary.contains("latency"))
    #expect(
      (result["verification"] as? [String: Any])?["statement"] as? String ?? "" != fidelity["statement"] as? String)
  }

  @Test func theResultSaysWhereItComesFrom() throws {
    let shop = try Workshop()
    let words = [
      "prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "-o", shop.path("small.onnx"), "--json",
      "-", "--seed", "3", "--threads", "1", "--quiet",
    ]
    let outcome = try Tool.run(arguments: words)
    let provenance = try #require(try shop.json(outcome.output)["provenance"] as? [String: Any])
    #expect((provenance["command"] as? String)?.hasSuffix(words.joined(separator: " ")) == true)
    #expect((provenance["model"] as? [String: Any])?["file"] as? String == "model.onnx")
    #expect(provenance["seed"] as? Int == 3 && provenance["threads"] as? Int == 1)
    let version = (provenance["versions"] as? [String: Any])?["espalier"] as? String
    #expect(try Tool.run("--version").output.trimmingCharacters(in: .whitespacesAndNewlines) == version)
    let inputs = try #require(provenance["calibration"] as? [String: Any])
    #expect(inputs["used"] as? Int == 40 && inputs["heldOut"] as? Int == 8 && inputs["twin"] as? Int == 32)
  }

  @Test func copiesAmongInputsAreCounted() throws {
    let shop = try Workshop()
    let half = try NPY.read(shop.calibration).taking(Array(0..<20), along: 0)
    try NPY.write(half.taking((0..<40).map { $0 % 20 }, along: 0), to: shop.path("twice.npy"))
    let outcome = try Tool.run(
      "prune", shop.model, "--calibration", shop.path("twice.npy"), "--keep", "0.5", "-o", shop.path("small.onnx"),
      "--json", "-", "--quiet")
    let result = try shop.json(outcome.output)
    #expect(
      (result["warnings"] as? [String])?.contains { $0.hasPrefix("20 inputs are exact copies of others") } == true)
    #expect((result["fidelity"] as? [String: Any])?["samples"] as? Int == 8)
  }

  @Test func tooFewInputsAreSaidToBe() throws {
    let shop = try Workshop(widths: [6, 64, 4])
    func prune(_ samples: String) throws -> (warnings: [String], errors: String) {
      let outcome = try Tool.run(
        "prune", shop.model, "--calibration", shop.calibration, "--samples", samples, "--keep", "0.5", "-o",
        shop.path("small.onnx"), "--json", "-", "--quiet")
      #expect(outcome.status == 0)
      return (try shop.json(outcome.output)["warnings"] as? [String] ?? [], outcome.errors)
    }
    let few = try prune("20")
    #expect(few.warnings.count == 1 && few.warnings[0].contains("20 calibration inputs are too few to re-fit"))
    #expect(few.errors == "espalier: warning: \(few.warnings[0])\n")
    let one = try NPY.read(shop.calibration).taking([0], along: 0)
    try NPY.write(one, to: shop.path("one.npy"))
    let alone = try Tool.run(
      "prune", shop.model, "--calibration", shop.path("one.npy"), "--keep", "0.5", "-o", shop.path("small.onnx"),
      "--json", "-", "--quiet")
    #expect(alone.status == 0 && alone.errors.contains("nothing says what the network does on others"))
    #expect(try shop.json(alone.output)["fidelity"] is NSNull)
  }

  @Test func sameInputsGiveTheSameBytes() throws {
    let shop = try Workshop()
    for name in ["first.onnx", "second.onnx"] {
      let outcome = try Tool.run(
        "prune", shop.model, "--calibration", "input=\(shop.calibration)", "--keep", "fc1=0.25", "--refit", "-o",
        shop.path(name), "--json", "-", "--quiet")
      #expect(outcome.status == 0 && outcome.errors.isEmpty)
    }
    #expect(try shop.contents("first.onnx") == shop.contents("second.onnx"))
  }

  @Test func keepingEverythingGivesTheSameFile() throws {
    let shop = try Workshop()
    let outcome = try Tool.run(
      "prune", shop.model, "--calibration", shop.calibration, "--keep", "1", "--refit", "-o", shop.path("same.onnx"),
      "--json", "-", "--report", shop.path("same.html"))
    #expect(outcome.status == 0)
    let latency = try shop.json(outcome.output)["latency"] as? [String: Any]
    #expect(latency?["verdict"] as? String == "unchanged" && latency?["speedup"] as? Double == 1)
    #expect(!String(decoding: try shop.contents("same.html"), as: UTF8.self).contains("It is faster"))
    #expect(try shop.contents("same.onnx") == shop.contents("model.onnx"))
  }

  @Test func prunedEqualsMaskedThroughTheFiles() throws {
    let shop = try Workshop()
    _ = try Tool.run(
      "prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "--no-refit", "-o",
      shop.path("small.onnx"),
      "--json", shop.path("result.json"))
    let result = try shop.json(String(decoding: shop.contents("result.json"), as: UTF8.self))
    let kept = Set(((result["groups"] as? [[String: Any]])?.first?["kept"] as? [Int]) ?? [])
    // Zero columns in the next layer mask the dropped units.
    var masked = try ONNXFile.read(shop.model)
    masked.graph.constants["fc2.weight"]!.zeroColumns { !kept.contains($0) }
    try ONNXFile.write(masked, to: shop.path("masked.onnx"))
    for (model, output) in [("small.onnx", "a.npy"), ("masked.onnx", "b.npy")] {
      let outcome = try Tool.run(
        "run", shop.path(model), "--input", "input=\(shop.calibration)", "--output", "output=\(shop.path(output))")
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let (a, b) = (try NPY.read(shop.path("a.npy")), try NPY.read(shop.path("b.npy")))
    #expect(a.shape == [40, 4] && a.shape == b.shape)
    for (x, y) in zip(a.doubles()!, b.doubles()!) { #expect(abs(x - y) < 1e-5) }
  }

  @Test func trainEvaluateAndBenchmark() throws {
    let shop = try Workshop()
    try NPY.write(Tensor(shape: [40], (0..<40).map { Int64($0 % 4) }), to: shop.path("labels.npy"))
    let data = "\(shop.calibration),\(shop.path("labels.npy"))"
    let trained = try Tool.run(
      "train", shop.model, "--data", data, "--epochs", "60", "--batch", "10", "--step", "0.05", "-o",
      shop.path("trained.onnx"), "--quiet", "--json", shop.path("epochs.json"))
    #expect(trained.status == 0, "\(trained.errors)")
    let epochs =
      try shop.json(String(decoding: shop.contents("epochs.json"), as: UTF8.self))["epochs"] as? [[String: Any]]
    #expect(epochs?.count == 60)
    var accuracies: [Double] = []
    for model in ["model.onnx", "trained.onnx"] {
      let outcome = try Tool.run("evaluate", shop.path(model), "--data", data, "--json", "-")
      let result = try shop.json(outcome.output)
      #expect(result["count"] as? Int == 40 && result["top5"] as? Double == 1 && result["loss"] is Double)
      accuracies.append(result["top1"] as? Double ?? -1)
    }
    #expect(accuracies[1] > accuracies[0] && accuracies[1] > 0.6)
    for flags in [[], ["--training", "--threads", "1"]] {
      let benchmark = try Tool.run(
        arguments: ["benchmark", shop.model, "--batch", "8", "--seconds", "0.05", "--json", "-"] + flags)
      let result = try shop.json(benchmark.output)
      for key in ["median", "p90", "runs", "peakMemory"] { #expect(result[key] as? Double ?? 0 > 0, "\(flags)") }
    }
  }

  @Test func newNetworksFollowTheirSeed() throws {
    let shop = try Workshop()
    for (name, seed) in [("a", "1"), ("b", "1"), ("c", "2")] {
      let outcome = try Tool.run("new", "mlp", "--layers", "6,16,4", "--seed", seed, "-o", shop.path(name))
      #expect(outcome.status == 0)
    }
    #expect(try shop.contents("a") == shop.contents("b") && shop.contents("a") == shop.contents("model.onnx"))
    #expect(try shop.contents("a") != shop.contents("c"))
  }

  @Test func helpHasExamples() throws {
    for command in [
      ["prune"], ["compare"], ["train"], ["evaluate"], ["inspect"], ["run"], ["benchmark"], ["demo"], ["finetune"],
      ["recalibrate"],
      ["new", "mlp"],
    ] {
      let process = try Tool.run(arguments: command + ["--help"])
      #expect(process.status == 0 && process.output.contains("EXAMPLE"), "\(command)")
    }
  }
}

extension Tensor {
  /// Sets whole columns of a matrix to zero.
  fileprivate mutating func zeroColumns(where isZero: (Int) -> Bool) {
    let columns = shape[1]
    withMutableElements(as: Float.self) { elements in
      for index in elements.indices where isZero(index % columns) { elements[index] = 0 }
    }
  }
}
