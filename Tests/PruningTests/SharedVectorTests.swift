import Graph
import Pruning
import Tensors
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
}
