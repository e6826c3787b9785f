import EspalierFiles
import EspalierONNX
import EspalierTensors
import Foundation
import Testing

/// The exit code follows from the kind of the error, and so does whether the network's file is named in front.
///
/// Nothing that a user can do leads to an error of the kind `internal`, so that it is not provoked here.
@Suite struct ExitCodeTests {
  private let shop: Workshop

  init() throws {
    shop = try Workshop()
  }

  private func expect(
    _ status: Int32, _ complaint: String, _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try Tool.run(arguments: arguments)
    #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: sourceLocation)
    let last = outcome.complaint.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix("espalier: \(complaint)"), "\(outcome.errors)", sourceLocation: sourceLocation)
  }

  private func prune(_ model: String, _ calibration: String, _ more: String...) -> [String] {
    ["prune", model, "--calibration", calibration, "--keep", "0.5", "-o", shop.path("out.onnx"), "--quiet"] + more
  }

  private func train(classes: Int64) throws -> [String] {
    let labels = shop.path("labels.npy")
    try NPY.write(Tensor(shape: [40], (0..<40).map { $0 % classes }), to: labels)
    return [
      "train", shop.model, "--data", "\(shop.calibration),\(labels)", "--batch", "8", "-o", shop.path("out.onnx"),
      "--quiet",
    ]
  }

  @Test("file: 65")
  func files() throws {
    try expect(65, "\(shop.path("none.onnx")): does not exist", prune(shop.path("none.onnx"), shop.calibration))
    try expect(65, "\(shop.path("none.npy")): ", prune(shop.model, shop.path("none.npy")))
    try expect(
      65, "\(shop.path("no/out.json")): cannot be written: ",
      prune(shop.model, shop.calibration, "--json", shop.path("no/out.json")))
  }

  @Test("model: 65, and its file is named in front")
  func models() throws {
    let path = shop.path("unknown.onnx")
    var model = try ONNXFile.read(shop.model)
    model.graph.nodes[1].op = "Frobnicate"
    try ONNXFile.write(model, to: path)
    try expect(
      65, "\(path), node \"relu1\": its operator Frobnicate is not",
      ["recalibrate", path, "--calibration", shop.calibration, "-o", shop.path("out.onnx"), "--quiet"])
    try expect(65, "\(shop.model), output \"output\": ", train(classes: 9))
  }

  @Test("data: 65, and the network's file is not named")
  func data() throws {
    let wide = shop.path("wide.npy")
    try NPY.write(Tensor(repeating: Float(1), shape: [10, 7]), to: wide)
    try expect(65, "\(wide): ", prune(shop.model, wide))
  }

  @Test("argument: 65 where the work finds it, 64 where the command line alone shows it")
  func arguments() throws {
    try expect(65, "group \"fc9\": does not exist; ", prune(shop.model, shop.calibration, "--only", "fc9"))
    let out = shop.path("out.onnx")
    try expect(
      64, "--output \(out) and --json \(out) are one file; ", prune(shop.model, shop.calibration, "--json", out))
    #expect(try Tool.run(arguments: prune(shop.model, shop.calibration, "--batch", "0")).status == 64)
  }

  @Test("diverged: 65, and the network's file is not named")
  func diverged() throws {
    try expect(65, "training: diverged at step ", train(classes: 4) + ["--step", "1e30"])
    #expect(!shop.exists("out.onnx"))
  }

  @Test("refusal: 2")
  func refusals() throws {
    try expect(
      2, "group \"fc2\" cannot be pruned: ", prune(shop.model, shop.calibration, "--only", "fc2"))
    try expect(
      2, "\(shop.model) has no batch normalisation, so there is nothing to recalibrate",
      ["recalibrate", shop.model, "--calibration", shop.calibration, "-o", shop.path("out.onnx"), "--quiet"])
  }
}
