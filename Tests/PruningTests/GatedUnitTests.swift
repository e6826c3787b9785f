import EspalierEngine
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Feed-forward units with a gate, and other places where elements of one axis are taken apart.
struct GatedUnitTests {
  /// The ways in which hidden units and gates lie in one matrix, and are taken out of it.
  enum Form: CaseIterable {
    /// Units, then gates.
    case split, slices
    /// Units and gates in turn, taken in steps of two.
    case steps
  }

  /// 5 channels, 12 hidden units with gates, 3 channels; or those of the hidden units in `kept`.
  private func network(_ form: Form, keeping kept: [Int]? = nil) -> Graph {
    var networks = SmallNetworks(seed: 76)
    var (up, down) = (networks.tensor([5, 24]), networks.tensor([12, 3]))
    if let kept {
      up = up.taking(form == .steps ? kept.flatMap { [2 * $0, 2 * $0 + 1] } : kept + kept.map { 12 + $0 }, along: 1)
      down = down.taking(kept, along: 0)
    }
    let count = Int64(kept?.count ?? 12)
    var graph = Graph(
      inputs: [ValueInfo("input", .float32, [.symbolic("N"), .fixed(4), .fixed(5)])], outputs: [ValueInfo("output")],
      opsets: ["": 17])
    graph.constants = ["up.weight": up, "down.weight": down]
    func stored(_ name: String, _ value: Int64) -> String {
      graph.constants[name] = Tensor(shape: [1], [value])
      return name
    }
    graph.nodes = [Node("MatMul", name: "up", ["input", "up.weight"], ["a"])]
    switch form {
    case .split: graph.nodes.append(Node("Split", ["a"], ["u", "g"], ["axis": .int(-1)]))
    case .slices, .steps:
      let steps = form == .steps
      let parts: [(String, Int64, Int64)] =
        steps ? [("u", 0, .max), ("g", 1, .max)] : [("u", 0, count), ("g", count, .max)]
      for (name, start, end) in parts {
        graph.nodes.append(
          Node(
            "Slice",
            [
              "a", stored("\(name).start", start), stored("\(name).end", end), stored("\(name).axis", 2),
              stored("\(name).step", steps ? 2 : 1),
            ], [name]))
      }
    }
    graph.nodes += [
      Node("Sigmoid", ["g"], ["s"]), Node("Mul", ["u", "s"], ["h"]),
      Node("MatMul", name: "down", ["h", "down.weight"], ["output"]),
    ]
    return graph
  }

  private func outputs(_ graph: Graph, _ input: Tensor) throws -> [Double] {
    let session = try Session(Plan(graph, feeds: ["input": TensorType(of: input)]))
    return try #require(try session.run(["input": input])["output"]?.doubles())
  }

  @Test(arguments: Form.allCases) func aUnitGoesWithItsGate(_ form: Form) throws {
    let graph = network(form)
    let group = try graph.prunableGroup("up")
    #expect(group.size == 12 && group.scope == .inner && group.kind == "ffn")
    #expect(group.elements[ValueAxis("up.weight", 1)]![3] == (form == .steps ? [6, 7] : [3, 15]))
    try graph.expectPrunedEqualsMasked(seed: 77)
    let kept = [0, 3, 4, 11]
    let small = try graph.pruning([group], keeping: ["up": kept])
    let expected = network(form, keeping: kept)
    #expect(small.constants["up.weight"] == expected.constants["up.weight"])
    var networks = SmallNetworks(seed: 78)
    let input = networks.tensor([3, 4, 5])
    #expect(try outputs(small, input) == outputs(expected, input))
  }

  @Test func channelsPickedByIndicesGoWithTheirReaders() throws {
    let graph = try FreedGroupTests.network("channel-selection").preparedForPruning()
    let indices = try #require(graph.constants["i"]?.integers())
    let group = try graph.prunableGroup("a.0")
    #expect(group.size == 12)
    #expect(group.elements[group.producers[0].outputAxis]! == indices.sorted().map { [$0] })
    let small = try graph.pruning([group], keeping: ["a.0": [0, 5, 7]])
    #expect(small.constants["i"]?.count == 3)
    // 20 channels that nothing picks stay, with the three that are kept.
    #expect(small.constants[group.producers[0].weight.value]?.shape[0] == 23)
  }

  @Test(arguments: [11, 13]) func aSqueezeNamesItsAxesBeforeItWouldDropAnother(_ opset: Int) throws {
    var networks = SmallNetworks(seed: 79)
    var graph = Graph(
      inputs: [ValueInfo("input", .float32, [.symbolic("N"), .fixed(1), .fixed(5)])], outputs: [ValueInfo("output")],
      opsets: ["": opset])
    graph.constants = ["up.weight": networks.tensor([5, 6]), "down.weight": networks.tensor([6, 3])]
    graph.nodes = [
      Node("MatMul", name: "up", ["input", "up.weight"], ["a"]), Node("Squeeze", ["a"], ["h"]),
      Node("MatMul", name: "down", ["h", "down.weight"], ["output"]),
    ]
    let group = try graph.prunableGroup("up")
    try graph.expectPrunedEqualsMasked(seed: 80)
    let small = try graph.pruning([group], keeping: ["up": [2]])
    let input = networks.tensor([4, 1, 5])
    let masked = graph.masking([group], keeping: ["up": [2]])
    #expect(try relativeDifference(outputs(small, input), outputs(masked, input)) < 1e-6)
  }

  @Test(arguments: [11, 13, 18]) func aSumOverItsNumberOfTermsIsAMean(_ opset: Int) throws {
    var networks = SmallNetworks(seed: 81)
    var graph = Graph(
      inputs: [ValueInfo("input", .float32, [.symbolic("N"), .fixed(5)])], outputs: [ValueInfo("output")],
      opsets: ["": opset])
    graph.constants = [
      "up.weight": networks.tensor([5, 9]), "down.weight": networks.tensor([9, 3]), "nine": Tensor(scalar: Float(9)),
      "ninth": Tensor(scalar: Float(1) / 9), "last": Tensor(shape: [1], [Int64(-1)]),
      "epsilon": Tensor(scalar: Float(1e-5)),
    ]
    func sum(_ value: String, _ name: String) -> Node {
      opset < 13
        ? Node("ReduceSum", [value], [name], ["axes": .ints([-1])]) : Node("ReduceSum", [value, "last"], [name])
    }
    graph.nodes = [
      Node("MatMul", name: "up", ["input", "up.weight"], ["x"]), sum("x", "total"),
      Node("Div", ["total", "nine"], ["mean"]), Node("Sub", ["x", "mean"], ["d"]), Node("Mul", ["d", "d"], ["square"]),
      sum("square", "squares"), Node("Mul", ["ninth", "squares"], ["variance"]),
      Node("Add", ["variance", "epsilon"], ["sum"]), Node("Sqrt", ["sum"], ["deviation"]),
      Node("Div", ["d", "deviation"], ["h"]), Node("MatMul", name: "down", ["h", "down.weight"], ["output"]),
    ]
    let prepared = try graph.preparedForPruning()
    #expect(prepared.nodes.count { $0.op.type == "ReduceMean" } == 2)
    let group = try prepared.prunableGroup("up")
    #expect(group.size == 9 && group.scope == .all && group.normalizations.count == 2)
    try prepared.expectPrunedEqualsMasked(seed: 82)
  }
}
