import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierInputs
import EspalierTensors
import EspalierTestSupport
import Testing

/// The comparison of images with the arithmetic that a network does on them.
@Suite struct ArrivingImagesTests {
  /// A network of channels-last images that subtracts one number from each colour, moves the axes, scales, and
  /// convolves.
  private func network(_ means: [Float], _ factor: Float, rank: Int = 1) -> Graph {
    var generator = SeededGenerator(seed: 1)
    let image = [3, 4, 3].map { Dimension.fixed($0) }
    return Graph(
      nodes: [
        Node("Cast", ["x"], ["f"], ["to": .int(1)]), Node("Sub", ["f", "means"], ["a"]),
        Node("Transpose", ["a"], ["b"], ["perm": .ints([0, 3, 1, 2])]), Node("Mul", ["factor", "b"], ["c"]),
        Node("Conv", ["c", "w"], ["y"]),
      ],
      inputs: [ValueInfo("x", .float32, [.symbolic("n")] + image)], outputs: [ValueInfo("y")],
      constants: [
        "means": Tensor(shape: Shape(Array(repeating: 1, count: rank - 1) + [means.count]), means),
        "factor": Tensor(scalar: factor), "w": Tensor.random([2, 3, 1, 1], &generator),
      ])
  }

  /// Levels of 0 to 255 in the network's layout.
  private func levels(_ factor: Float = 1) throws -> InMemoryDataset {
    var generator = SeededGenerator(seed: 2)
    let numbers = (0..<8 * 36).map { _ in factor * Float(Int(255 * generator.uniform())) }
    return try InMemoryDataset(name: "images", inputs: Tensor(shape: [8, 3, 4, 3], numbers))
  }

  @Test(arguments: [1, 3, 4])
  func arithmeticIsFollowedThroughTranspositions(rank: Int) throws {
    let graph = network([123, 117, 104], 0.017, rank: rank)
    #expect(try ArrivingImages.warnings(levels(), for: graph, pixels: DeclaredPixels()).isEmpty)
    let said = try ArrivingImages.warnings(levels(1 / 255), for: graph, pixels: DeclaredPixels())
    #expect(said.count == 1 && said[0].hasPrefix("input \"x\" of the network and images: what reaches"))
    #expect(said[0].contains("around -2 ") || said[0].contains("around -1.9"), "\(said)")
    #expect(said[0].hasSuffix("it seems to want 0 to 255 (preset=raw)"))
  }

  /// Numbers that are no levels are rounded to a few of them where bytes are taken.
  @Test func bytesAreLevels() throws {
    var graph = network([0], 1 / 255)
    graph.inputs[0].elementType = .uint8
    #expect(try ArrivingImages.warnings(levels(), for: graph, pixels: DeclaredPixels()).isEmpty)
    let said = try ArrivingImages.warnings(levels(1 / 255), for: graph, pixels: DeclaredPixels())
    #expect(said.count == 1 && said[0].contains("of numbers of 0 to 1 it makes numbers that spread"), "\(said)")
  }

  /// One channel of three that varies is an image.
  @Test func everyChannelHasToBeConstant() throws {
    let graph = network([123, 117, 0.5], 1)
    #expect(try ArrivingImages.warnings(levels(1 / 255), for: graph, pixels: DeclaredPixels()).isEmpty)
  }

  @Test func tablesAreNoImages() throws {
    let graph = Graph(
      nodes: [Node("Relu", ["x"], ["y"])], inputs: [ValueInfo("x", .float32, [.symbolic("n"), .fixed(2)])],
      outputs: [ValueInfo("y")])
    let data = try InMemoryDataset(inputs: Tensor(repeating: Float(-110), shape: [5, 2]))
    #expect(try ArrivingImages.warnings(data, for: graph, pixels: DeclaredPixels()).isEmpty)
  }

  @Test func aPurposeKnowsInputsAndPixels() {
    let model = Model(
      network([0], 1), metadata: ["Image.BitmapPixelFormat": "Bgr8", "Image.NominalPixelRange": "Normalized_1_1"])
    let purpose = DatasetPurpose(.test, of: model, tokenizer: "folder")
    #expect(purpose.inputs == [DeclaredInput("x", dimensions: [nil, 3, 4, 3], layout: .channelsLast)])
    #expect(purpose.pixels.format == .bgr && purpose.pixels.range == -1...1)
    #expect(purpose.split == .test && purpose.tokenizer == "folder")
    #expect(DatasetPurpose(.train, of: model, input: "y", tokenizer: nil).inputs.isEmpty)
  }
}
