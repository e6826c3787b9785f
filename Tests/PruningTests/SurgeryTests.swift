import EspalierEngine
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Removing units keeps the rest to the byte, and the result equals the masked original.
struct SurgeryTests {
  static let backends = Backends.all.map(\.name)

  private func difference(_ first: Graph, _ second: Graph, _ inputs: Tensor, _ backend: String) throws -> Double {
    let backend = Backends.all.first { $0.name == backend }!
    let results = try [first, second].map {
      try Session(Plan($0, feeds: ["input": TensorType(of: inputs)]), on: backend).run(["input": inputs])
    }
    let name = first.outputs[0].name
    return relativeDifference(results[0][name]!.doubles()!, results[1][name]!.doubles()!)
  }

  @Test func keepingEverythingChangesNothing() throws {
    let golden = try Golden()
    for refit in [nil, Ridge()] {
      let result = try golden.model.graph.pruned(PruningRequest(keeping: 1, refit: refit), calibration: golden.data)
      #expect(result.graph == golden.model.graph)
    }
  }

  @Test(arguments: backends) func prunedEqualsMasked(_ backend: String) throws {
    var networks = SmallNetworks(seed: 3)
    var others = SmallNetworks(seed: 4)
    let cases: [(Graph, Shape)] = [
      (networks.multilayerPerceptron([5, 12, 9, 4]), [16, 5]),
      (networks.matMulWithSeparateBias(width: 6, hidden: 10), [4, 3, 6]),
      (networks.blocks(units: 5), [8, 5]),
      (networks.residual(width: 8), [8, 4]),
      (others.branches(6, 4), [8, 5]),
    ]
    for (graph, shape) in cases {
      let groups = try graph.pruningGroups().filter(\.isPrunable)
      try #require(!groups.isEmpty)
      let inputs = networks.tensor(shape)
      for _ in 0..<20 {
        var kept: [String: [Int]] = [:]
        for group in groups {
          let units = (0..<group.size).filter { _ in networks.generator.uniform() < 0.6 }
          kept[group.id] = units.isEmpty ? [0] : units
        }
        let pruned = try graph.pruning(groups, keeping: kept)
        #expect(try difference(pruned, graph.masking(groups, keeping: kept), inputs, backend) < 1e-5)
        for group in groups {
          #expect(try pruned.pruningGroups().first { $0.id == group.id }?.size == kept[group.id]!.count)
        }
      }
    }
  }

  @Test func keptWeightsKeepTheirBytes() throws {
    let golden = try Golden()
    let graph = golden.model.graph
    let groups = try graph.pruningGroups()
    let pruned = try graph.pruning(groups, keeping: ["0": [1, 5, 63]])
    #expect(pruned.constants["0.weight"] == graph.constants["0.weight"]!.taking([1, 5, 63], along: 0))
    #expect(pruned.constants["2.weight"] == graph.constants["2.weight"]!.taking([1, 5, 63], along: 1))
    #expect(pruned.constants["2.bias"] == graph.constants["2.bias"])
    #expect(pruned.nodes == graph.nodes && pruned.inputs == graph.inputs && pruned.outputs == graph.outputs)
  }

  @Test func verificationSeesWrongSurgery() throws {
    let golden = try Golden()
    let graph = golden.model.graph
    let groups = try graph.pruningGroups()
    let pruned = try graph.pruning(groups, keeping: ["0": [0, 1, 2]])
    let masked = graph.masking(groups, keeping: ["0": [0, 1, 3]])
    #expect(!(try Verification(of: pruned, against: masked, on: golden.data).holds))
  }
}
