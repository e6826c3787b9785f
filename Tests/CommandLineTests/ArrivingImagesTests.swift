import EspalierGraph
import EspalierONNX
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// Warnings of images that are evidently not what a network expects.
struct ArrivingImagesTests {
  /// A classifier of images of 4 x 4, which first does this arithmetic with its constants.
  private func write(
    _ nodes: [Node] = [], _ constants: [String: Tensor] = [:], metadata: [String: String] = [:],
    to path: String
  ) throws {
    var generator = SeededGenerator(seed: 5)
    var graph = Graph(
      inputs: [ValueInfo("pixels", .float32, [.symbolic("n"), .fixed(3), .fixed(4), .fixed(4)])],
      outputs: [ValueInfo("y")], opsets: ["": 13])
    for (name, tensor) in constants { graph.constants[name] = tensor }
    graph.constants["a.weight"] = Tensor.random([8, 3, 1, 1], &generator)
    graph.constants["b.weight"] = Tensor.random([3, 8, 1, 1], &generator)
    graph.nodes = nodes
    graph.nodes += [
      Node("Conv", [nodes.last?.outputs[0] ?? "pixels", "a.weight"], ["p"]), Node("Relu", ["p"], ["q"]),
      Node("Conv", ["q", "b.weight"], ["r"]), Node("GlobalAveragePool", ["r"], ["s"]), Node("Flatten", ["s"], ["y"]),
    ]
    var model = Model(graph)
    for (key, value) in metadata { model.metadata[key] = value }
    try ONNXFile.write(model, to: path)
  }

  /// Images with levels of 0 to 255, as numbers in `range`.
  private func images(_ range: ClosedRange<Float>) -> Tensor {
    let levels = Workshop.random([40, 3, 4, 4]).elements(as: Float.self).map { min(1, max(0, 0.45 + 0.25 * $0)) }
    return Tensor(
      shape: [40, 3, 4, 4], levels.map { range.lowerBound + $0 * (range.upperBound - range.lowerBound) })
  }

  /// What `prune` says on standard error of the images.
  private func warning(_ shop: Workshop, _ range: ClosedRange<Float>) throws -> String {
    try NPY.write(images(range), to: shop.path("images.npy"))
    let outcome = try Tool.run(
      "prune", shop.path("model.onnx"), "--calibration", shop.path("images.npy"), "--keep", "0.5", "-o",
      shop.path("small.onnx"), "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.errors.split(separator: "\n").filter { $0.contains("input \"pixels\"") }.joined(separator: "\n")
  }

  @Test func pixelsNearMinus110AreSaid() throws {
    let shop = try Workshop()
    let means = Tensor(shape: [1, 3, 1, 1], [123, 117, 104] as [Float])
    try write([Node("Sub", ["pixels", "means"], ["m"])], ["means": means], to: shop.path("model.onnx"))
    for range in [0...1, -2...2] as [ClosedRange<Float>] {
      let said = try warning(shop, range)
      #expect(said.contains("what reaches the first layer is nearly constant, around -11"), "\(said)")
      #expect(said.contains("it seems to want 0 to 255 (preset=raw)") && !said.contains("preset=unit"), "\(said)")
    }
    #expect(try warning(shop, 0...255).isEmpty)
  }

  @Test func aNetworkThatDividesWantsLevels() throws {
    let shop = try Workshop()
    try write(
      [Node("Div", ["pixels", "most"], ["m"])], ["most": Tensor(scalar: Float(255))], to: shop.path("model.onnx"))
    #expect(try warning(shop, -2...2).contains("it makes numbers that spread by 0.00"))
    #expect(try warning(shop, 0...255).isEmpty)
  }

  @Test func aNormalizationInFrontTellsTheRange() throws {
    let shop = try Workshop()
    func vector(_ value: Float) -> Tensor { Tensor(repeating: value, shape: [3]) }
    let node = Node("BatchNormalization", ["pixels", "scale", "shift", "mean", "variance"], ["m"])
    try write(
      [node], ["scale": vector(2), "shift": vector(9), "mean": vector(0.45), "variance": vector(0.06)],
      to: shop.path("model.onnx"))
    #expect(try warning(shop, 0...255).contains("the network normalises its images itself"))
    #expect(try warning(shop, 0...1).isEmpty && warning(shop, -2...2).isEmpty)
    try write(
      [node], ["scale": vector(2), "shift": vector(9), "mean": vector(115), "variance": vector(4096)],
      to: shop.path("model.onnx"))
    #expect(try warning(shop, 0...1).contains("nearly constant"))
    #expect(try warning(shop, 0...255).isEmpty)
  }

  @Test func aStatedRangeIsCompared() throws {
    let shop = try Workshop()
    try write(metadata: ["Image.NominalPixelRange": "NominalRange_0_255"], to: shop.path("model.onnx"))
    #expect(try warning(shop, 0...1).contains("the file states pixels of 0 to 255, and numbers of 0 to 1 arrive"))
    #expect(try warning(shop, -2...2).contains("the file states"))
    #expect(try warning(shop, 0...255).isEmpty)
  }

  @Test func ordinaryImagesAreNotSuspected() throws {
    let shop = try Workshop()
    try write(to: shop.path("model.onnx"))
    for range in [0...1, -1...1, -2...2, -128...128, 0...255] as [ClosedRange<Float>] {
      #expect(try warning(shop, range).isEmpty, "\(range)")
    }
    // Means of another unit, without arithmetic in the network.
    #expect(try warning(shop, -104 ... -103).contains("nearly constant, around -10"))
  }
}
