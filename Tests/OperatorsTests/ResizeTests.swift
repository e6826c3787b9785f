import EspalierGraph
import EspalierInference
import EspalierKernels
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import OrderedCollections
import Testing

/// Resizing beyond ONNX's own tests.
@Suite struct ResizeTests {
  private func resized(
    _ shape: Shape, to scales: [Float], _ attributes: OrderedDictionary<String, Attribute>, opset: Int = 19
  ) throws -> [Float] {
    let values = (0..<shape.elementCount).map { Float($0 * $0) }
    let inputs = [Tensor(shape: shape, values), nil, Tensor(shape: [scales.count], scales)]
    var graph = Graph(
      nodes: [Node(Resize.name, name: "r", ["x", "", "scales"], ["y"], attributes)], inputs: [ValueInfo("x")],
      outputs: [ValueInfo("y")], opsets: ["": opset])
    graph.constants["scales"] = inputs[2]
    let typed = try TypeInference(graph, feeds: ["x": TensorType(shape)]).nodes[0]
    return try ReferenceBackend.kernel(typed).evaluate(inputs, giving: typed.outputs)[0].elements()
  }

  @Test func channelsLastIsChannelsFirstTransposed() throws {
    for mode in ["nearest", "linear", "cubic"] {
      let first = try resized([1, 1, 3, 4], to: [1, 1, 2, 1.5], ["mode": .string(mode)])
      #expect(try resized([1, 3, 4, 1], to: [1, 2, 1.5, 1], ["mode": .string(mode)]) == first)
    }
  }

  @Test func oldNearestRoundsTowardsWhatRuntimesRead() throws {
    let shape: Shape = [1, 1, 1, 4]
    let values = Tensor(shape: shape, [1, 2, 3, 4] as [Float])
    func upsampled(_ scale: Float) throws -> [Float] {
      var graph = Graph(
        nodes: [Node(Upsample.name, name: "u", ["x", "s"], ["y"], [:])], inputs: [ValueInfo("x")],
        outputs: [ValueInfo("y")], opsets: ["": 9])
      graph.constants["s"] = Tensor(shape: [4], [1, 1, 1, scale])
      let typed = try TypeInference(graph, feeds: ["x": TensorType(shape)]).nodes[0]
      return try ReferenceBackend.kernel(typed).evaluate([values, nil], giving: typed.outputs)[0].elements()
    }
    #expect(try upsampled(2) == [1, 1, 2, 2, 3, 3, 4, 4])
    #expect(try upsampled(0.6) == [1, 3])
  }

  @Test func symmetricPlacesMirror() throws {
    // 5 elements by 0.7 are 3.5, so 3: the centre stays in the centre.
    let y = try resized(
      [5], to: [0.7], ["mode": .string("linear"), "coordinate_transformation_mode": .string("half_pixel_symmetric")])
    #expect(y.count == 3)
    #expect(abs(y[1] - 4) < 1e-5)
  }

  @Test func aPolicyKeepsTheRatioOfSides() throws {
    func sizes(_ policy: String) throws -> Shape {
      let attributes: OrderedDictionary<String, Attribute> = [
        "keep_aspect_ratio_policy": .string(policy), "axes": .ints([1, 2]),
      ]
      var graph = Graph(
        nodes: [Node(Resize.name, name: "r", ["x", "", "", "sizes"], ["y"], attributes)], inputs: [ValueInfo("x")],
        outputs: [ValueInfo("y")], opsets: ["": 18])
      graph.constants["sizes"] = Tensor(shape: [2], [7, 8] as [Int64])
      return try TypeInference(graph, feeds: ["x": TensorType([2, 2, 4])]).types["y"]!.shape
    }
    #expect(try sizes("stretch") == [2, 7, 8])
    #expect(try sizes("not_larger") == [2, 4, 8])
    #expect(try sizes("not_smaller") == [2, 7, 14])
  }

  @Test func onlyResizedAxesAreHeld() throws {
    func frozen(_ operands: [Operand]) throws -> Set<PortAxis> {
      let example = OperatorCase(Resize.name, operands)
      let feeds = example.inputs(seed: 1).mapValues { TensorType(of: $0) }
      let rule = try TypeInference(example.graph, feeds: feeds).nodes[0].op.axes
      return Set(rule?.frozen.map(\.axis) ?? [])
    }
    let changed: Set = [PortAxis(.input(0), 1), PortAxis(.output(0), 1)]
    #expect(try frozen([.variable([3, 4]), .absent, .numbers([1, 2])]) == changed)
    #expect(try frozen([.variable([3, 4]), .absent, .absent, .constant([3, 8])]) == changed)
  }

  /// A stretched triangle over the squares 0, 1, 4, .. 49: weights 1, 3, 3, 1 about each pair, the border repeated or
  /// left out.
  @Test(arguments: [false, true]) func antialiasTakesAMeanOfAllThatAnElementStandsFor(excludesOutside: Bool) throws {
    let y = try resized(
      [8], to: [0.5],
      ["mode": .string("linear"), "antialias": .int(1), "exclude_outside": .int(excludesOutside ? 1 : 0)])
    func mean(_ values: [Float], _ weights: [Float] = [1, 3, 3, 1]) -> Float {
      zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }
    let inner = [mean([1, 4, 9, 16]), mean([9, 16, 25, 36])]
    let ends =
      excludesOutside
      ? [mean([0, 1, 4], [3, 3, 1]), mean([25, 36, 49], [1, 3, 3])]
      : [mean([0, 0, 1, 4]), mean([25, 36, 49, 49])]
    for (own, expected) in zip(y, [ends[0]] + inner + [ends[1]]) { #expect(abs(own - expected) < 1e-5 * 49) }
  }

  @Test(arguments: ["linear", "cubic"]) func antialiasChangesNoAxisThatGrows(mode: String) throws {
    let plain = try resized([4], to: [1.5], ["mode": .string(mode)])
    #expect(try resized([4], to: [1.5], ["mode": .string(mode), "antialias": .int(1)]) == plain)
  }
}
