import Architectures
import Pruning
import Testing

/// Parameters and multiply-accumulate operations against the figures that are published for these networks.
struct ArchitectureCostTests {
  @Test func residualNetworks() throws {
    for (depth, parameters, gigaMACs) in [
      (ResNet.Depth.resNet18, 11_689_512, 1.81), (.resNet34, 21_797_672, 3.67), (.resNet50, 25_557_032, 4.09),
    ] {
      let cost = try ModelCost(of: ResNet(depth)!.model(seed: 0).graph)
      #expect(cost.parameters == parameters)
      #expect(abs(Double(cost.macs) / 1e9 - gigaMACs) < 0.02 * gigaMACs)
    }
  }

  @Test func smallImagesHaveASmallStem() throws {
    let graph = ResNet(.resNet18, classes: 10, imageSize: 32)!.model(seed: 0).graph
    #expect(!graph.nodes.contains { $0.op == "MaxPool" })
    #expect(abs(Double(try ModelCost(of: graph).macs) / 1e6 - 556) < 0.02 * 556)
  }
}
