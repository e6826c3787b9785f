import EspalierEngine
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Hidden units of recurrent layers, and the inputs that they read.
struct RecurrentTests {
  /// A dense layer, a recurrent layer of 4 units in `directions`, and a dense layer over its last state.
  private func network(_ op: OperatorName, gates: Int, directions: Int) -> Graph {
    var networks = SmallNetworks(seed: 80)
    return Graph(
      nodes: [
        Node(MatMul.name, name: "before", ["input", "before.weight"], ["a"]), Node(Tanh.name, ["a"], ["x"]),
        Node(
          op, name: "recurrent", ["x", "w", "r", "b"], ["states", "last"],
          ["hidden_size": .int(4), "direction": .string(directions == 2 ? "bidirectional" : "forward")]),
        Node(MatMul.name, name: "after", ["last", "after.weight"], ["output"]),
      ],
      inputs: [ValueInfo("input", .float32, [.fixed(5), .fixed(2), .fixed(3)])], outputs: [ValueInfo("output")],
      constants: [
        "before.weight": networks.tensor([3, 6]), "w": networks.tensor([directions, gates * 4, 6]),
        "r": networks.tensor([directions, gates * 4, 4]), "b": networks.tensor([directions, 2 * gates * 4]),
        "after.weight": networks.tensor([4, 2]),
      ])
  }

  private func output(_ graph: Graph, _ input: Tensor) throws -> [Double] {
    let plan = try Plan(graph, feeds: ["input": TensorType(of: input)])
    return try #require(try Session(plan).run(["input": input])["output"]?.doubles())
  }

  @Test(arguments: [("RNN", 1), ("GRU", 3), ("LSTM", 4)], [1, 2])
  func prunedNetworkEqualsOneBuiltWithFewerUnits(cell: (String, Int), directions: Int) throws {
    let (op, gates) = (OperatorName(cell.0), cell.1)
    let dense = network(op, gates: gates, directions: directions)
    let prepared = try dense.preparedForPruning()
    let groups = try prepared.pruningGroups()
    let hidden = try #require(groups.first { $0.id == "recurrent" && $0.isPrunable })
    let inputs = try #require(groups.first { $0.id == "before" && $0.isPrunable })
    #expect(hidden.size == 4 && inputs.size == 6)
    let kept: [String: [Int]] = ["recurrent": [0, 2, 3], "before": [1, 2, 5]]
    let small = try prepared.pruning([hidden, inputs], keeping: kept).joiningRecurrentInputs()
    #expect(small.nodes.map(\.op) == dense.nodes.map(\.op))

    // By hand: unit j is row j of each gate, and column j of the recurrent weights.
    let rows = (0..<gates).flatMap { gate in [0, 2, 3].map { gate * 4 + $0 } }
    let both = (0..<2 * gates).flatMap { gate in [0, 2, 3].map { gate * 4 + $0 } }
    var expected = dense
    expected.constants["before.weight"] = dense.constants["before.weight"]!.taking([1, 2, 5], along: 1)
    expected.constants["w"] = dense.constants["w"]!.taking(rows, along: 1).taking([1, 2, 5], along: 2)
    expected.constants["r"] = dense.constants["r"]!.taking(rows, along: 1).taking([0, 2, 3], along: 2)
    expected.constants["b"] = dense.constants["b"]!.taking(both, along: 1)
    expected.constants["after.weight"] = dense.constants["after.weight"]!.taking([0, 2, 3], along: 0)
    expected.nodes[2].attributes["hidden_size"] = .int(3)
    var networks = SmallNetworks(seed: 81)
    let input = networks.tensor([5, 2, 3])
    #expect(relativeDifference(try output(small, input), try output(expected, input)) < 1e-6)
    // The reference of verification sees the same.
    let masked = prepared.masking([hidden, inputs], keeping: kept)
    #expect(relativeDifference(try output(small, input), try output(masked, input)) < 1e-5)
  }

  @Test func projectionAndJoiningAreInverse() throws {
    let dense = network(LSTM.name, gates: 4, directions: 2)
    let again = dense.projectingRecurrentInputs().joiningRecurrentInputs()
    #expect(again.nodes == dense.nodes)
    func stored(_ graph: Graph) -> [String: Tensor] {
      Dictionary(uniqueKeysWithValues: graph.constants.map { ($0.key, $0.value) })
    }
    #expect(stored(again) == stored(dense))
    #expect(again.opsets == dense.opsets)
  }
}
