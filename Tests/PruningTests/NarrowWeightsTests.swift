import EspalierEngine
import EspalierGraph
import EspalierInference
import EspalierONNX
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Files whose weights are of half precision or scaled whole numbers: computed with in single precision, and written as
/// they were.
struct NarrowWeightsTests {
  private static let input = ValueInfo("input", .float32, [.fixed(2), .fixed(3), .fixed(4), .fixed(4)])

  /// Two convolutions whose weights `w1` and `w2` are made of stored ones by `nodes`.
  private func network(_ nodes: [Node], _ constants: [(String, Tensor)]) -> Graph {
    Graph(
      nodes: nodes + [
        Node(Conv.name, name: "first", ["input", "w1"], ["a"]), Node(Relu.name, ["a"], ["b"]),
        Node(Conv.name, name: "second", ["b", "w2"], ["output"]),
      ],
      inputs: [Self.input], outputs: [ValueInfo("output")],
      constants: .init(uniqueKeysWithValues: constants))
  }

  private func pruned(_ graph: Graph) throws -> Graph {
    let prepared = try ONNXFile.decode(try ONNXFile.encode(Model(graph))).graph.preparedForPruning()
    let group = try prepared.prunableGroup("first")
    let small = try prepared.pruning([group], keeping: ["first": [1, 3]]).restoringDecoders()
    return try ONNXFile.decode(try ONNXFile.encode(Model(small))).graph
  }

  private func run(_ graph: Graph) throws -> [Double] {
    var networks = SmallNetworks(seed: 90)
    let input = networks.tensor([2, 3, 4, 4])
    let plan = try Plan(graph, feeds: ["input": TensorType(of: input)])
    return try #require(try Session(plan).run(["input": input])["output"]?.doubles())
  }

  private var weights: (Tensor, Tensor) {
    var networks = SmallNetworks(seed: 91)
    return (networks.tensor([5, 3, 1, 1]), networks.tensor([2, 5, 1, 1]))
  }

  @Test(arguments: [ElementType.float16, .bfloat16]) func castWeightsStayOfHalfPrecision(type: ElementType) throws {
    let halves = (weights.0.narrowed(to: type), weights.1.narrowed(to: type))
    let graph = network(
      [Node(Cast.name, ["h1"], ["w1"], ["to": .int(1)]), Node(Cast.name, ["h2"], ["w2"], ["to": .int(1)])],
      [("h1", halves.0), ("h2", halves.1)])
    let small = try pruned(graph)
    #expect(small.storedTypes["h1"] == type && small.storedTypes["h2"] == type)
    #expect(small.constants["h1"] == halves.0.taking([1, 3], along: 0).widened())
    #expect(small.constants["h2"] == halves.1.taking([1, 3], along: 1).widened())
    #expect(small.nodes.filter { $0.op == Cast.name }.count == 2)
    let expected = network(
      [], [("w1", halves.0.taking([1, 3], along: 0).widened()), ("w2", halves.1.taking([1, 3], along: 1).widened())])
    #expect(try run(small) == run(expected))
  }

  @Test func scalesAndZeroPointsGoWithTheirChannels() throws {
    let q1 = Tensor(shape: [5, 3, 1, 1], (0..<15).map { Int8(17 * $0 % 251 - 125) })
    let q2 = Tensor(shape: [2, 5, 1, 1], (0..<10).map { UInt8(29 * $0 % 251) })
    let scales = Tensor(shape: [5], [Float(0.01), 0.02, 0.03, 0.015, 0.05])
    let zeros = Tensor(shape: [5], [Int8(0), 1, -2, 3, 0])
    let graph = network(
      [
        Node(DequantizeLinear.name, ["q1", "s1", "z1"], ["w1"], ["axis": .int(0)]),
        Node(DequantizeLinear.name, ["q2", "s2", "z2"], ["w2"]),
      ],
      [
        ("q1", q1), ("s1", scales), ("z1", zeros), ("q2", q2), ("s2", Tensor(scalar: Float(0.013))),
        ("z2", Tensor(scalar: UInt8(128))),
      ])
    let small = try pruned(graph)
    #expect(small.constants["q1"] == q1.taking([1, 3], along: 0))
    #expect(small.constants["s1"] == scales.taking([1, 3], along: 0))
    #expect(small.constants["z1"] == zeros.taking([1, 3], along: 0))
    #expect(small.constants["q2"] == q2.taking([1, 3], along: 1))
    #expect(small.constants["s2"]?.shape == [] && small.constants["z2"]?.shape == [])
    #expect(small.nodes.filter { $0.op == DequantizeLinear.name }.count == 2)
  }

  @Test func weightsThatWholeNumbersCannotGiveAreStoredInSinglePrecision() throws {
    let graph = network(
      [Node(DequantizeLinear.name, ["q1", "s1"], ["w1"])],
      [
        ("q1", Tensor(shape: [5, 3, 1, 1], (0..<15).map { Int8($0) })), ("s1", Tensor(scalar: Float(0.5))),
        ("w2", weights.1),
      ])
    var prepared = try graph.preparedForPruning()
    prepared.constants["w1"] = weights.0
    let restored = prepared.restoringDecoders()
    #expect(restored.constants["w1"] == weights.0)
    #expect(!restored.nodes.contains { $0.op == DequantizeLinear.name })
  }
}
