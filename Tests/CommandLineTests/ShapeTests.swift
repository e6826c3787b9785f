import EspalierGraph
import EspalierONNX
import EspalierTensors
import Testing

/// Costs are counted, and latencies measured, for the shapes that are asked for or come.
struct ShapeTests {
  private let workshop: Workshop

  /// A convolution of 3 to 4 channels on images of any size.
  init() throws {
    workshop = try Workshop()
    let sizes: [Dimension] = [.symbolic("n"), .fixed(3), .symbolic("h"), .symbolic("w")]
    let graph = Graph(
      nodes: [Node("Conv", name: "conv", ["image", "weight"], ["map"], ["pads": .ints([1, 1, 1, 1])])],
      inputs: [ValueInfo("image", .float32, sizes)], outputs: [ValueInfo("map")],
      constants: ["weight": Tensor(shape: [4, 3, 3, 3], [Float](repeating: 0.5, count: 108))])
    try ONNXFile.write(Model(graph), to: workshop.model)
  }

  private func inspected(_ shape: String) throws -> Tool.Outcome {
    try Tool.run("inspect", workshop.model, "--json", "--shape", shape)
  }

  @Test(arguments: ["image=1x3x48x192", "1x3x48x192"])
  func costsAreOfThatShape(_ shape: String) throws {
    let json = try workshop.json(inspected(shape).output)
    #expect(json["macs"] as? Int == 48 * 192 * 108)
    #expect((json["countedFor"] as? [String: [Int]])?["image"] == [1, 3, 48, 192])
    #expect((json["openAxes"] as? [Any])?.count == 3)
  }

  @Test func latenciesAreOfThatShape() throws {
    let asked = try Tool.run(
      "benchmark", workshop.model, "--shape", "2x3x10x20", "--seconds", "0.01", "--json", "-")
    #expect(try workshop.json(asked.output)["inputs"] as? [String: [Int]] == ["image": [2, 3, 10, 20]])
    #expect(asked.errors.isEmpty)
    let open = try Tool.run("benchmark", workshop.model, "--batch", "2", "--seconds", "0.01")
    #expect(open.errors.contains("the file leaves sizes of image open"))
    for other in [["--length", "4"], ["--batch", "3"]] {
      let refused = try Tool.run(arguments: ["benchmark", workshop.model, "--shape", "2x3x4x4"] + other)
      #expect(refused.status == 64 && refused.errors.contains(other[0]))
    }
  }

  @Test func prunedNetworksCostWhatTheyDoOnTheCalibrationInputs() throws {
    let sizes: [Dimension] = [.symbolic("n"), .fixed(3), .symbolic("h"), .symbolic("w")]
    let graph = Graph(
      nodes: [
        Node("Conv", name: "first", ["image", "one"], ["map"], ["pads": .ints([1, 1, 1, 1])]),
        Node("Relu", ["map"], ["h"]),
        Node("Conv", name: "second", ["h", "two"], ["y"], ["pads": .ints([1, 1, 1, 1])]),
      ], inputs: [ValueInfo("image", .float32, sizes)], outputs: [ValueInfo("y")],
      constants: [
        "one": Tensor(shape: [8, 3, 3, 3], (0..<216).map { Float($0 % 11) - 5 }),
        "two": Tensor(shape: [2, 8, 3, 3], (0..<144).map { Float($0 % 7) - 3 }),
      ])
    let model = workshop.path("open.onnx")
    try ONNXFile.write(Model(graph), to: model)
    let images = workshop.path("images.npy")
    try NPY.write(Tensor(shape: [16, 3, 12, 20], (0..<11520).map { Float($0 % 13) / 13 }), to: images)
    let json = workshop.path("pruned.json")
    let outcome = try Tool.run(
      "prune", model, "--calibration", images, "--keep", "0.5", "-o", workshop.path("small.onnx"), "--json", json)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("are those of image 1 x 3 x 12 x 20, as calibrated"))
    let result = try workshop.json(String(decoding: workshop.contents("pruned.json"), as: UTF8.self))
    #expect(result["countedFor"] as? [String: [Int]] == ["image": [1, 3, 12, 20]])
    #expect((result["before"] as? [String: Any])?["macs"] as? Int == 12 * 20 * 9 * (3 * 8 + 8 * 2))
  }

  @Test(
    arguments: [
      ("image=1x3x48", "cannot be 1 x 3 x 48: the file says n x 3 x h x w"),
      ("image=1x4x48x48", "cannot be 1 x 4 x 48 x 48"), ("image=1x3xax4", "is no shape"), ("image=", "is no shape"),
      ("image=1x3x0x4", "is no shape"), ("image=1x3x99999999999x99999999999", "is no shape"),
    ])
  func whatIsNoShapeOfTheInputIsRefused(_ shape: String, _ complaint: String) throws {
    let outcome = try inspected(shape)
    #expect(outcome.status == 65)
    #expect(outcome.complaint.contains(complaint), "\(outcome.complaint)")
  }
}
