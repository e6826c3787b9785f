import EspalierEngine
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import OrderedCollections
import Testing

/// Removing a channel of a convolution removes all that belongs to it, and the result equals the masked original.
@Suite struct ConvolutionSurgeryTests {
  /// 1x1, depthwise 3x3 and 1x1 convolutions, each normalised, then the mean of each channel and a dense layer.
  private func invertedResidual(_ networks: inout SmallNetworks, hidden: Int) -> Graph {
    var graph = Graph(
      inputs: [ValueInfo("input", .float32, [.symbolic("N"), .fixed(3), .fixed(6), .fixed(6)])],
      outputs: [ValueInfo("output")], opsets: ["": 17])
    var value = "input"
    func add(_ op: OperatorName, _ constants: [String], _ attributes: OrderedDictionary<String, Attribute> = [:]) {
      let result = op == Gemm.name ? "output" : "\(value)/\(op.type)"
      graph.nodes.append(Node(op, [value] + constants, [result], attributes))
      value = result
    }
    func convolution(_ name: String, _ shape: Shape, groups: Int = 1) {
      graph.constants["\(name).weight"] = networks.tensor(shape)
      let pad = Int64(shape[2] / 2)
      add(Conv.name, ["\(name).weight"], ["group": .int(Int64(groups)), "pads": .ints([pad, pad, pad, pad])])
      for part in ["scale", "bias", "mean"] { graph.constants["\(name).\(part)"] = networks.tensor([shape[0]]) }
      graph.constants["\(name).variance"] = Tensor(repeating: Float(2), shape: [shape[0]])
      add(BatchNormalization.name, ["scale", "bias", "mean", "variance"].map { "\(name).\($0)" })
      add(Relu.name, [])
    }
    convolution("expand", [hidden, 3, 1, 1])
    convolution("depthwise", [2 * hidden, 1, 3, 3], groups: hidden)
    convolution("project", [4, 2 * hidden, 1, 1])
    add(GlobalAveragePool.name, [])
    add(Flatten.name, [])
    graph.constants["classifier.weight"] = networks.tensor([5, 4])
    add(Gemm.name, ["classifier.weight"], ["transB": .int(1)])
    return graph
  }

  @Test(arguments: Backends.all.map(\.name)) func prunedEqualsMasked(_ backend: String) throws {
    let backend = Backends.all.first { $0.name == backend }!
    var networks = SmallNetworks(seed: 5)
    let graph = invertedResidual(&networks, hidden: 6)
    let groups = try graph.pruningGroups()
    // A channel of the first convolution passes through the depthwise one: two channels of the third.
    #expect(groups.filter(\.isPrunable).map(\.size) == [6, 4])
    let kept = Dictionary(uniqueKeysWithValues: groups.filter(\.isPrunable).map { ($0.id, [0, 2, 3]) })
    let pruned = try graph.pruning(groups, keeping: kept)
    #expect(pruned.constants["expand.weight"]?.shape == [3, 3, 1, 1])
    #expect(pruned.constants["depthwise.weight"]?.shape == [6, 1, 3, 3])
    #expect(pruned.constants["depthwise.variance"]?.shape == [6])
    #expect(pruned.constants["project.weight"]?.shape == [3, 6, 1, 1])
    #expect(pruned.nodes.filter { $0.op == Conv.name }.map { $0.attributes["group"] } == [.int(1), .int(3), .int(1)])
    let input = networks.tensor([2, 3, 6, 6])
    let results = try [pruned, graph.masking(groups, keeping: kept)].map { network in
      try Session(Plan(network, feeds: ["input": TensorType(of: input)]), on: backend).run(["input": input])["output"]!
    }
    #expect(relativeDifference(results[0].doubles()!, results[1].doubles()!) < 1e-5)
  }
}
