import EspalierGraph
import EspalierPruning
import EspalierTensors
import Testing

/// Equal vectors that an exporter stored once do not tie layers to each other.
struct SharedVectorTests {
  private func sharing() -> (Graph, InMemoryCalibration) {
    var networks = SmallNetworks(seed: 21)
    var graph = networks.multilayerPerceptron([5, 8, 8, 3])
    graph.constants["zeros"] = Tensor(repeating: Float(0.5), shape: [8])
    for layer in [1, 2] {
      graph.constants["fc\(layer).bias"] = nil
      graph.nodes[2 * (layer - 1)].inputs[2] = "zeros"
    }
    return (graph, networks.calibration([40, 5]))
  }

  @Test func layersArePrunedApart() throws {
    let (graph, data) = sharing()
    #expect(try Inspection(graph).groups.map(\.group.isPrunable) == [true, true, false])
    let result = try graph.pruned(
      PruningRequest(keeping: 0.5, fractions: ["fc2": 0.25]), calibration: data)
    #expect(result.groups.map(\.selection.kept.count) == [4, 2])
    #expect(result.verification.holds)
    #expect(result.graph.constants["zeros"]?.count == 4 && result.graph.constants["zeros_1"]?.count == 2)
  }

  @Test func keepingEverythingKeepsThemShared() throws {
    let (graph, data) = sharing()
    #expect(try graph.pruned(PruningRequest(keeping: 1), calibration: data).graph == graph)
  }

  @Test func weightsInConstantNodesArePruned() throws {
    var networks = SmallNetworks(seed: 22)
    let stored = networks.multilayerPerceptron([5, 8, 3])
    var graph = stored
    graph.constants = [:]
    graph.nodes = stored.constants.map { Node("Constant", [], [$0.key], ["value": .tensor($0.value)]) } + graph.nodes
    let data = networks.calibration([40, 5])
    let request = PruningRequest(keeping: 0.5)
    let (result, expected) = (
      try graph.pruned(request, calibration: data), try stored.pruned(request, calibration: data)
    )
    #expect(result.graph.constants == expected.graph.constants && result.before == expected.before)
    #expect(try graph.pruned(PruningRequest(keeping: 1), calibration: data).graph == graph)
    #expect(try Inspection(graph).cost.parameters == 5 * 8 + 8 + 8 * 3 + 3)
  }

  @Test func weightsThatAreReshapedOnTheWayArePruned() throws {
    var networks = SmallNetworks(seed: 23)
    let stored = networks.multilayerPerceptron([5, 8, 3])
    var graph = stored
    graph.constants["fc1.bias"] = stored.constants["fc1.bias"]!.reshaped([1, 8])
    graph.constants["size"] = Tensor(shape: [1], [8] as [Int64])
    graph.nodes.insert(Node("Reshape", ["fc1.bias", "size"], ["bias"]), at: 0)
    graph.nodes[1].inputs[2] = "bias"
    let data = networks.calibration([40, 5])
    let request = PruningRequest(keeping: 0.5)
    let (result, expected) = (
      try graph.pruned(request, calibration: data), try stored.pruned(request, calibration: data)
    )
    #expect(result.groups[0].selection == expected.groups[0].selection)
    #expect(result.graph.constants["bias"] == expected.graph.constants["fc1.bias"])
    #expect(result.verification.holds)
  }
}
