import EspalierGraph
import EspalierONNX
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// Images for networks that take their channels last.
struct ImageLayoutTests {
  /// A PNG of two by one pixels, red and blue.
  private static let redAndBlue = Data(
    base64Encoded:
      "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGP4zwAE/wEHAAH/4iOeWQAAAABJRU5ErkJggg==")

  /// A network of TensorFlow's layout: a transposition, a convolution with a kernel for each colour, the means of its
  /// maps. Its sizes may be left open.
  private func network(_ sizes: [Int?], hasTransposition: Bool = true) -> Model {
    var graph = Graph(
      inputs: [ValueInfo("pixels", .float32, [.symbolic("N")] + sizes.map { $0.map { .fixed($0) } ?? .unknown })],
      outputs: [ValueInfo("y")],
      opsets: ["": 13])
    if hasTransposition {
      graph.nodes.append(Node("Transpose", ["pixels"], ["planes"], ["perm": .ints([0, 3, 1, 2])]))
    }
    var generator = SeededGenerator(seed: 5)
    graph.constants["first"] = Tensor.random([16, 3, 1, 1], &generator)
    graph.constants["second"] = Tensor.random([3, 16, 1, 1], &generator)
    graph.nodes += [
      Node("Conv", name: "a", [hasTransposition ? "planes" : "pixels", "first"], ["b"]),
      Node("Relu", ["b"], ["c"]),
      Node("Conv", name: "d", ["c", "second"], ["e"]),
      Node("GlobalAveragePool", ["e"], ["f"]), Node("Flatten", ["f"], ["y"]),
    ]
    return Model(graph)
  }

  private func shop() throws -> (shop: Workshop, images: String) {
    let shop = try Workshop()
    for part in ["0", "1", "2"] {
      try FileManager.default.createDirectory(atPath: shop.path("images/\(part)"), withIntermediateDirectories: true)
      for number in 0..<4 {
        _ = try shop.folder.file("images/\(part)/\(number).png", try #require(Self.redAndBlue))
      }
    }
    return (shop, shop.path("images") + ",size=4,mean=0,std=1")
  }

  @Test func axesAreMovedForNetworksThatTakeChannelsLast() throws {
    let (shop, images) = try shop()
    let first = network([3, 4, 4], hasTransposition: false)
    try ONNXFile.write(first, to: shop.path("first.onnx"))
    func evaluation(_ model: String, _ data: String) throws -> [String: Any] {
      let outcome = try Tool.run("evaluate", shop.path(model), "--data", data, "--json", "-", "--quiet")
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try shop.json(outcome.output)
    }
    let expected = try #require(try evaluation("first.onnx", images)["loss"] as? Double)
    // Fixed sizes say where channels are; of open ones, the transposition does.
    for (name, sizes) in [("last.onnx", [4, 4, 3]), ("half.onnx", [nil, nil, 3]), ("open.onnx", [nil, nil, nil])]
      as [(String, [Int?])]
    {
      try ONNXFile.write(network(sizes), to: shop.path(name))
      for data in [images, images + ",layout=nhwc"] {
        let loss = try #require(try evaluation(name, data)["loss"] as? Double)
        #expect(abs(loss - expected) < 1e-5 * expected, "\(name), \(data)")
      }
      // Costs of a network whose channels are open too cannot be counted.
      guard sizes[2] != nil else { continue }
      let pruned = try Tool.run(
        "prune", shop.path(name), "--calibration", images, "--keep", "0.5", "-o", shop.path("small.onnx"), "--quiet")
      #expect(pruned.status == 0, "\(pruned.errors)")
    }
  }

  @Test func whatCannotBeToldIsRefusedWithTheRemedy() throws {
    let (shop, images) = try shop()
    var flat = network([48]).graph
    flat.nodes = [Node("Identity", ["pixels"], ["y"])]
    flat.constants = [:]
    try ONNXFile.write(Model(flat), to: shop.path("flat.onnx"))
    try ONNXFile.write(network([4, 4, 3]), to: shop.path("last.onnx"))
    for command in [["evaluate"], ["prune", "--keep", "0.5"]] {
      let data = command == ["evaluate"] ? "--data" : "--calibration"
      let output = command == ["evaluate"] ? [] : ["-o", shop.path("out.onnx")]
      let outcome = try Tool.run(
        arguments: [command[0], shop.path("flat.onnx"), data, images] + command.dropFirst() + output)
      #expect(outcome.status == 65 && outcome.errors.contains("add ,layout=nchw (channels first)"))
      #expect(!shop.exists("out.onnx"))
    }
    let stated = try Tool.run("evaluate", shop.path("last.onnx"), "--data", images + ",layout=nchw")
    #expect(stated.status == 65)
    // An array of as many numbers is no image of that shape.
    try NPY.write(Workshop.random([6, 48]), to: shop.path("flat.npy"))
    let array = try Tool.run(
      "prune", shop.path("last.onnx"), "--calibration", shop.path("flat.npy"), "--keep", "0.5", "-o",
      shop.path("out.onnx"))
    #expect(array.status == 65 && array.errors.contains("save the samples as an array of shape N x 4 x 4 x 3"))
  }
}
