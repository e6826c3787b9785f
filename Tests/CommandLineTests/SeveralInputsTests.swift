import EspalierGraph
import EspalierONNX
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// Networks of several inputs, fed by an array for each, by an archive, and by folders of images.
struct SeveralInputsTests {
  /// A network of a colour image and its depth: two convolutions joined, classes of their means.
  private func network(rgb: String = "rgb", depth: String = "depth") -> Model {
    var generator = SeededGenerator(seed: 3)
    var graph = Graph(
      inputs: [
        ValueInfo(rgb, .float32, [.symbolic("n"), .fixed(3), .fixed(8), .fixed(8)]),
        ValueInfo(depth, .float32, [.symbolic("n"), .fixed(1), .fixed(8), .fixed(8)]),
      ], outputs: [ValueInfo("y")], opsets: ["": 13])
    graph.constants["colour.weight"] = Tensor.random([8, 3, 3, 3], &generator)
    graph.constants["range.weight"] = Tensor.random([8, 1, 3, 3], &generator)
    graph.constants["joint.weight"] = Tensor.random([3, 16, 1, 1], &generator)
    for (name, value) in [("scale", 1), ("shift", 0), ("mean", 0), ("variance", 1)] as [(String, Float)] {
      graph.constants[name] = Tensor(repeating: value, shape: [8])
    }
    graph.nodes = [
      Node("Conv", name: "node_1", [rgb, "colour.weight"], ["a"]),
      Node("BatchNormalization", ["a", "scale", "shift", "mean", "variance"], ["b"]), Node("Relu", ["b"], ["c"]),
      Node("Conv", name: "node_2", [depth, "range.weight"], ["d"]), Node("Relu", ["d"], ["e"]),
      Node("Concat", ["c", "e"], ["f"], ["axis": .int(1)]), Node("Conv", ["f", "joint.weight"], ["g"]),
      Node("GlobalAveragePool", ["g"], ["h"]), Node("Flatten", ["h"], ["y"]),
    ]
    return Model(graph)
  }

  /// A folder with the network, its arrays one by one and together.
  private func shop() throws -> Workshop {
    let shop = try Workshop()
    try ONNXFile.write(network(), to: shop.path("two.onnx"))
    let (rgb, depth) = (Workshop.random([60, 3, 8, 8]), Workshop.random([60, 1, 8, 8], seed: 4))
    let labels = Tensor(shape: [60], (0..<60).map { Int64($0 % 3) })
    try NPY.write(rgb, to: shop.path("rgb.npy"))
    try NPY.write(depth, to: shop.path("depth.npy"))
    try NPY.write(labels, to: shop.path("labels.npy"))
    try NPZ.write(["depth": depth, "rgb": rgb, "labels": labels], to: shop.path("both.npz"))
    return shop
  }

  /// The data as two options and as one.
  private func forms(_ shop: Workshop, _ option: String) -> [[String]] {
    let labelled = [
      option, "rgb=\(shop.path("rgb.npy")),\(shop.path("labels.npy"))", option, "depth=\(shop.path("depth.npy"))",
    ]
    return [labelled, [option, shop.path("both.npz")]]
  }

  private func expectSuccess(_ arguments: [String]) throws -> Tool.Outcome {
    let outcome = try Tool.run(arguments: arguments + ["--quiet"])
    #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    return outcome
  }

  @Test func everyCommandTakesBothForms() throws {
    let shop = try shop()
    let dense = shop.path("two.onnx")
    var results: [[Data]] = []
    for (number, calibration) in forms(shop, "--calibration").enumerated() {
      let data = forms(shop, "--data")[number]
      func out(_ name: String) -> String { shop.path("\(name)-\(number).onnx") }
      _ = try expectSuccess(
        ["prune", dense] + calibration + ["--keep", "0.5", "--round-to", "1", "-o", out("pruned")])
      _ = try expectSuccess(["recalibrate", out("pruned")] + calibration + ["-o", out("recalibrated")])
      _ = try expectSuccess(["finetune", out("pruned")] + data + ["--epochs", "1", "-o", out("tuned")])
      _ = try expectSuccess(
        ["finetune", out("pruned"), "--teacher", dense] + calibration
          + ["--epochs", "1", "--recalibrate", "-o", out("distilled")])
      _ = try expectSuccess(
        ["finetune", out("pruned"), "--teacher", dense] + calibration + ["--minutes", "0.02", "-o", out("taught")])
      let evaluation = try expectSuccess(["evaluate", out("tuned")] + data + ["--json", "-"])
      #expect(try shop.json(evaluation.output)["count"] as? Int == 60)
      let names = ["pruned", "recalibrated", "tuned", "distilled"]
      results.append(try names.map { try shop.contents("\($0)-\(number).onnx") } + [Data(evaluation.output.utf8)])
    }
    #expect(results[0] == results[1], "both forms are the same data")
  }

  @Test func runTakesAnArchive() throws {
    let shop = try shop()
    let arrays = ["--input", "depth=\(shop.path("depth.npy"))", "--input", shop.path("rgb.npy")]
    for (inputs, output) in [(arrays, "y1.npy"), (["--input", shop.path("both.npz")], "y2.npy")] {
      _ = try expectSuccess(["run", shop.path("two.onnx")] + inputs + ["--output", shop.path(output)])
    }
    #expect(try shop.contents("y1.npy") == shop.contents("y2.npy"))
    // What one argument gives is not given by another.
    for twice in [["depth=\(shop.path("depth.npy"))", shop.path("both.npz")], ["depth=a.npy", "depth=b.npy"]] {
      let outcome = try Tool.run(
        arguments: ["run", shop.path("two.onnx"), "--output", shop.path("y.npy")] + twice.flatMap { ["--input", $0] })
      #expect(outcome.status == 65 && outcome.errors.contains("input \"depth\": is given twice"), "\(outcome.errors)")
    }
    try NPZ.write(["other": Workshop.random([2, 1])], to: shop.path("other.npz"))
    let stranger = try Tool.run(
      "run", shop.path("two.onnx"), "--input", shop.path("other.npz"), "--output", shop.path("y.npy"))
    #expect(stranger.status == 65 && stranger.errors.contains("has no array called as an input, but: other"))
  }

  @Test func foldersOfImagesArePaired() throws {
    let shop = try shop()
    for folder in ["rgb", "depth"] {
      try FileManager.default.createDirectory(atPath: shop.path(folder), withIntermediateDirectories: true)
      for number in 0..<6 {
        _ = try shop.folder.file("\(folder)/\(number).png", try #require(ImageTests.pixel))
      }
    }
    let folders = ["rgb", "depth"].map { "\($0)=\(shop.path($0))/,preset=unit" }
    _ = try expectSuccess([
      "prune", shop.path("two.onnx"), "--calibration", folders[0], "--calibration", folders[1], "--keep", "0.5",
      "-o", shop.path("small.onnx"),
    ])
    #expect(shop.exists("small.onnx"))
    let outcome = try Tool.run(
      arguments: ["run", shop.path("two.onnx")] + folders.flatMap { ["--input", $0] }
        + ["--output", shop.path("y.npy")])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try NPY.read(shop.path("y.npy")).shape == [6, 3])
  }

  @Test func namesMayHoldEqualsSigns() throws {
    let shop = try shop()
    try ONNXFile.write(network(rgb: "in=rgb", depth: "in"), to: shop.path("equals.onnx"))
    let data = ["in=rgb=\(shop.path("rgb.npy"))", "in=\(shop.path("depth.npy"))"]
    _ = try expectSuccess(
      ["run", shop.path("equals.onnx")] + data.flatMap { ["--input", $0] } + ["--output", shop.path("y.npy")])
    _ = try expectSuccess(
      ["prune", shop.path("equals.onnx")] + data.flatMap { ["--calibration", $0] }
        + ["--keep", "0.5", "-o", shop.path("small.onnx")])
    // What is read is not replaced, whatever the input's name.
    let replacing = try Tool.run(
      arguments: ["prune", shop.path("equals.onnx")] + data.flatMap { ["--calibration", $0] }
        + ["--keep", "0.5", "-o", shop.path("rgb.npy")])
    #expect(replacing.status == 64 && replacing.errors.contains("would replace the input"))
  }

  @Test func whatIsMissingIsNamed() throws {
    let shop = try shop()
    let (rgb, model) = (shop.path("rgb.npy"), shop.path("two.onnx"))
    for (data, complaint) in [
      (["rgb=\(rgb)"], "--calibration: gives no data for input \"depth\"; add --calibration depth=DATA"),
      (["rgb=\(rgb)", "rgb=\(rgb)"], "is given twice for input \"rgb\""),
      ([rgb, rgb], "is given 2 times without saying for which inputs; write INPUT=DATA; the inputs are: rgb, depth"),
      ([rgb], "feeds exactly one input, and the network has 2; give INPUT=DATA for each, or an .npz with an array"),
    ] {
      let outcome = try Tool.run(
        arguments: ["recalibrate", model, "-o", shop.path("out.onnx")] + data.flatMap { ["--calibration", $0] })
      #expect(outcome.status == 65 && outcome.errors.contains(complaint), "\(outcome.errors)")
    }
  }
}
