import EspalierGraph
import EspalierPruning
import EspalierTensors
import Testing

/// Dense layers that are written as Einstein summations.
@Suite struct EinsumPruningTests {
  private func network(_ networks: inout SmallNetworks) -> Graph {
    var graph = Graph(inputs: [ValueInfo("input", .float32, [.symbolic("batch"), .fixed(3), .fixed(4)])])
    graph.constants = [
      "up.weight": networks.tensor([6, 4]), "up.bias": networks.tensor([6]), "down.weight": networks.tensor([6, 5]),
    ]
    graph.nodes = [
      Node("Einsum", name: "up", ["input", "up.weight"], ["a"], ["equation": .string("abc,dc->abd")]),
      Node("Add", ["a", "up.bias"], ["b"]), Node("Relu", ["b"], ["h"]),
      Node("Einsum", name: "down", ["h", "down.weight"], ["output"], ["equation": .string("...c,cd")]),
    ]
    graph.outputs = [ValueInfo("output", .float32, [.symbolic("batch"), .fixed(3), .fixed(5)])]
    return graph
  }

  @Test func hiddenUnitsArePrunable() throws {
    var networks = SmallNetworks(seed: 80)
    let graph = network(&networks)
    let group = try graph.prunableGroup("up")
    #expect(group.size == 6 && group.consumers.map(\.label) == ["down"])
    try graph.expectPrunedEqualsMasked(seed: 81)
  }

  @Test func weightsBehindAreFittedAgain() throws {
    var networks = SmallNetworks(seed: 82)
    let graph = network(&networks)
    let result = try graph.pruned(
      PruningRequest(keeping: 0.5, refit: Ridge()), calibration: networks.calibration([20, 3, 4]))
    #expect(result.verification.holds)
    #expect(result.graph.constants["down.weight"]?.shape == [3, 5])
  }
}
