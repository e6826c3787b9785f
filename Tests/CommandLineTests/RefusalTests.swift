import EspalierGraph
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// Bad input is refused with a message that names the file and the fault, exit code 65, and nothing is written.
struct RefusalTests {
  private func expectRefusal(
    _ shop: Workshop, _ arguments: [String], naming words: [String], status: Int32 = 65,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try Tool.run(arguments: arguments)
    #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: sourceLocation)
    for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation) }
    #expect(!outcome.complaint.contains("\n"), "one sentence", sourceLocation: sourceLocation)
    #expect(!shop.exists("out.onnx"), sourceLocation: sourceLocation)
    let left = try FileManager.default.contentsOfDirectory(atPath: shop.folder.path).filter { $0.contains("partial") }
    #expect(left.isEmpty, sourceLocation: sourceLocation)
  }

  private func prune(_ shop: Workshop, _ model: String, _ calibration: String) -> [String] {
    ["prune", model, "--calibration", calibration, "--keep", "0.5", "-o", shop.path("out.onnx"), "--quiet"]
  }

  @Test func brokenModels() throws {
    let shop = try Workshop()
    let bytes = try shop.contents("model.onnx")
    var generator = SeededGenerator(seed: 3)
    let files: [(String, Data)] = [
      ("empty.onnx", Data()), ("truncated.onnx", bytes.prefix(bytes.count / 2)),
      ("random.onnx", Data((0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) })),
      // Field 7 (the graph), whose length claims 2 GB.
      ("claims.onnx", Data([0x08, 0x08, 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x0A])),
    ]
    for (name, data) in files {
      let path = try shop.folder.file(name, data)
      for command in [
        prune(shop, path, shop.calibration), ["inspect", path],
        ["run", path, "--input", shop.calibration, "--output", shop.path("out.npy")],
      ] {
        try expectRefusal(shop, command, naming: [name])
      }
    }
    try expectRefusal(
      shop, prune(shop, shop.path("missing.onnx"), shop.calibration), naming: ["missing.onnx", "does not exist"])
    try expectRefusal(shop, prune(shop, shop.folder.path, shop.calibration), naming: [shop.folder.path])
  }

  @Test func unknownOperatorsAndShapesThatDisagree() throws {
    let shop = try Workshop()
    var model = try ONNXFile.read(shop.model)
    model.graph.nodes[1].op = "Frobnicate"
    try ONNXFile.write(model, to: shop.path("unknown.onnx"))
    try expectRefusal(
      shop, ["recalibrate", shop.path("unknown.onnx"), "--calibration", shop.calibration, "-o", shop.path("out.onnx")],
      naming: ["unknown.onnx", "Frobnicate", "relu1"])

    model = try ONNXFile.read(shop.model)
    model.graph.constants["fc2.weight"] = Tensor(repeating: Float(1), shape: [4, 15])
    try ONNXFile.write(model, to: shop.path("disagree.onnx"))
    try expectRefusal(
      shop, prune(shop, shop.path("disagree.onnx"), shop.calibration), naming: ["disagree.onnx", "fc2"])
  }

  @Test func badCalibrationData() throws {
    let shop = try Workshop()
    var values = [Float](repeating: 1, count: 60)
    values[20] = .nan
    try NPY.write(Tensor(shape: [10, 6], values), to: shop.path("nan.npy"))
    try expectRefusal(shop, prune(shop, shop.model, shop.path("nan.npy")), naming: ["nan.npy", "sample 3"])
    try NPY.write(Tensor(repeating: Float(1), shape: [10, 7]), to: shop.path("wide.npy"))
    try expectRefusal(shop, prune(shop, shop.model, shop.path("wide.npy")), naming: ["wide.npy", "7", "6"])
    _ = try shop.folder.file("short.npy", try shop.contents("calibration.npy").prefix(200))
    try expectRefusal(shop, prune(shop, shop.model, shop.path("short.npy")), naming: ["short.npy"])
    try expectRefusal(shop, prune(shop, shop.model, shop.path("absent.npy")), naming: ["absent.npy"])
    try expectRefusal(shop, prune(shop, shop.model, "words.txt"), naming: ["words.txt"])
    try expectRefusal(shop, prune(shop, shop.model, "other=\(shop.calibration)"), naming: ["other="])
  }

  @Test func outputsThatCannotBeWritten() throws {
    let shop = try Workshop()
    for path in [shop.path("no/such/folder/out.onnx"), shop.folder.path] {
      try expectRefusal(
        shop, ["prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "-o", path], naming: [path])
    }
  }

  @Test func aFailureLeavesTheOldFile() throws {
    let shop = try Workshop()
    let old = try shop.folder.file("precious.onnx", Data("precious".utf8))
    try NPY.write(Tensor(repeating: Float(1), shape: [10, 7]), to: shop.path("wide.npy"))
    try expectRefusal(
      shop, ["prune", shop.model, "--calibration", shop.path("wide.npy"), "--keep", "0.5", "-o", old],
      naming: ["wide.npy"])
    #expect(try shop.contents("precious.onnx") == Data("precious".utf8))
  }

  @Test func nothingToDoIsRefused() throws {
    let shop = try Workshop(widths: [6, 4])
    try expectRefusal(
      shop, prune(shop, shop.model, shop.calibration), naming: ["nothing is prunable because", "output"], status: 2)
    let two = try Workshop()
    try expectRefusal(
      two, prune(two, two.model, two.calibration) + ["--only", "fc2"], naming: ["fc2", "cannot be pruned"], status: 2)
    try expectRefusal(two, prune(two, two.model, two.calibration) + ["--only", "fc9"], naming: ["fc9", "fc1"])
  }

  @Test func wrongUsage() throws {
    let shop = try Workshop()
    let out = shop.path("out.onnx")
    for arguments in [
      ["prune", shop.model], ["prune", shop.model, "--calibration", shop.calibration, "--keep", "2", "-o", out],
      ["prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "--method", "magic", "-o", out],
      ["new", "mlp", "--layers", "5", "-o", out], ["frobnicate"], ["inspect"],
    ] {
      #expect(try Tool.run(arguments: arguments).status == 64, "\(arguments)")
    }
    #expect(!shop.exists("out.onnx"))
  }
}
