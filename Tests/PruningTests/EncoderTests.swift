import EspalierEngine
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Heads and feed-forward units of text encoders.
@Suite struct EncoderTests {
  @Test func groupsAreHeadsAndFeedForwardUnits() throws {
    let groups = try SmallEncoder.graph().pruningGroups().filter { $0.isPrunable && $0.kind != nil }
    #expect(groups.map(\.kind) == ["heads", "ffn", "heads", "ffn"] && groups.map(\.size) == [3, 20, 3, 20])
    #expect(groups.allSatisfy { $0.scope == .inner })
    #expect(groups[0].producers.count == 3 && groups[0].elements[groups[0].consumers[0].weight]?[1] == [4, 5, 6, 7])
  }

  @Test(arguments: [PruningRequest.Scope.ffn, .heads, .encoder], SelectionMethods.general.map(\.identifier))
  func whatIsLeftIsTheMaskedNetwork(scope: PruningRequest.Scope, method: String) throws {
    let method = try #require(SelectionMethods.general.first { $0.identifier == method })
    let graph = try SmallEncoder.graph()
    let data = InMemoryCalibration(SmallEncoder.texts())
    let result = try graph.pruned(
      PruningRequest(keeping: 0.5, scope: scope, method: method, batchSize: 4), calibration: data)
    #expect(result.verification.holds && result.groups.count == (scope == .encoder ? 4 : 2))
    let heads = result.groups.filter { $0.group.isAttention }
    #expect(heads.allSatisfy { $0.selection.kept.count == 1 })
    if scope != .ffn {
      #expect(result.graph.constants["encoder.layer.0.attention.self.query.weight"]?.shape == [12, 4])
      #expect(result.graph.constants["encoder.layer.0.attention.output.dense.weight"]?.shape == [4, 12])
    }
  }

  @Test func refittingBringsTheOutputNearer() throws {
    let graph = try SmallEncoder.graph(.features)
    let inputs = SmallEncoder.texts(24)
    let data = InMemoryCalibration(inputs)
    func distance(_ refit: Ridge?, _ scope: PruningRequest.Scope) throws -> Double {
      let result = try graph.pruned(
        PruningRequest(keeping: 0.5, scope: scope, refit: refit, order: .oneShot), calibration: data)
      return result.groups.reduce(0) { $0 + ($1.refittedResidual ?? $1.residual) }
    }
    for scope in [PruningRequest.Scope.ffn, .heads] {
      let (plain, refitted) = (try distance(nil, scope), try distance(Ridge(), scope))
      #expect(refitted < plain)
    }
  }

  /// One block of attention in each of the fused forms, and the same written out.
  private static func fused(_ form: OperatorName) -> Graph {
    var networks = SmallNetworks(seed: 9)
    var graph = Graph(
      inputs: [ValueInfo("input", .float32, [.symbolic("N"), .fixed(5), .fixed(7)])], outputs: [ValueInfo("output")],
      opsets: ["": 23, "com.microsoft": 1])
    graph.constants["o"] = networks.tensor([12, 7])
    if form == PackedAttention.name {
      graph.constants["w"] = networks.tensor([7, 36])
      graph.constants["b"] = networks.tensor([36])
      graph.nodes = [Node(form, name: "attention", ["input", "w", "b"], ["y"], ["num_heads": .int(4)])]
    } else {
      for name in ["q", "k", "v"] {
        graph.constants["\(name).w"] = networks.tensor([7, 12])
        graph.nodes.append(Node("MatMul", name: name, ["input", "\(name).w"], ["\(name)"]))
      }
      if form == Attention.name {
        graph.nodes.append(
          Node(form, name: "attention", ["q", "k", "v"], ["y"], ["q_num_heads": .int(4), "kv_num_heads": .int(4)]))
      } else {
        graph.constants["b"] = networks.tensor([36])
        graph.nodes.append(Node(form, name: "attention", ["q", "k", "v", "b"], ["y"], ["num_heads": .int(4)]))
      }
    }
    graph.nodes.append(Node("MatMul", name: "o", ["y", "o"], ["output"]))
    return graph
  }

  @Test(arguments: [Attention.name, PackedAttention.name, MultiHeadAttention.name])
  func fusedFormsLoseHeads(form: OperatorName) throws {
    let graph = Self.fused(form)
    let group = try #require(try graph.pruningGroups().first { $0.isPrunable })
    #expect(group.size == 4 && group.isAttention && group.scope == .inner)
    try graph.expectPrunedEqualsMasked(seed: 10)
    let small = try graph.pruning([group], keeping: [group.id: [1, 3]])
    let node = try #require(small.nodes.first { $0.op == form })
    #expect(node.attributes[form == Attention.name ? "q_num_heads" : "num_heads"] == .int(2))
    #expect(small.constants["o"]?.shape == [6, 7])
  }

  @Test func composedNodesAreTheirBodies() throws {
    // The packed form equals the one with projections of its own, their weights side by side.
    let (packed, apart) = (Self.fused(PackedAttention.name), Self.fused(MultiHeadAttention.name))
    var joined = apart
    let weights = try #require(packed.constants["w"])
    for (index, name) in ["q", "k", "v"].enumerated() {
      joined.constants["\(name).w"] = weights.taking(Array(index * 12..<(index + 1) * 12), along: 1)
    }
    (joined.constants["b"], joined.constants["o"]) = (packed.constants["b"], packed.constants["o"])
    var networks = SmallNetworks(seed: 11)
    let inputs = networks.tensor([3, 5, 7])
    #expect(try squaredDifference(packed, joined, inputs) < 1e-8)
  }

  @Test func sizesOfSignedActivationsAreNormsAndOfOthersSums() throws {
    // Two units cancel out in the sum; the one with the larger numbers is the larger.
    let graph = Graph(
      nodes: [Node("MatMul", name: "a", ["input", "w"], ["h"]), Node("MatMul", name: "b", ["h", "v"], ["output"])],
      inputs: [ValueInfo("input", .float32, [.symbolic("N"), .fixed(2)])], outputs: [ValueInfo("output")],
      constants: [
        "w": Tensor(shape: [2, 2], [5, 0, 0, 1] as [Float]), "v": Tensor(shape: [2, 1], [1, 1] as [Float]),
      ])
    let data = InMemoryCalibration(["input": Tensor(shape: [2, 2], [1, 1, -1, 1] as [Float])])
    let network = try CalibratedNetwork(graph, for: PruningRequest(keeping: 0.5), calibration: data)
    #expect(network.problems[0].hiddenSize == [10, 2])
    var rectified = graph
    rectified.nodes.insert(Node("Relu", ["h"], ["r"]), at: 1)
    rectified.nodes[2].inputs[0] = "r"
    let other = try CalibratedNetwork(rectified, for: PruningRequest(keeping: 0.5), calibration: data)
    #expect(other.problems[0].hiddenSize == [5, 2])
  }
}
