import EspalierArchitectures
import EspalierGraph
import EspalierPruning
import EspalierTensors
import Testing

/// The cost model against the cost of networks that are really pruned.
struct CostModelTests {
  private static let networks: [(name: String, graph: @Sendable () throws -> Graph)] = [
    (
      "perceptron",
      {
        var networks = SmallNetworks(seed: 1)
        return networks.multilayerPerceptron([8, 30, 20, 5])
      }
    ),
    ("LeNet", { LeNet(classes: 10)!.model(seed: 0).graph }),
    ("residual", { ConvolutionalNetworks.residual(seed: 2).graph }),
    ("inverted residual", { ConvolutionalNetworks.invertedResidual(seed: 3).graph }),
    ("dense connections", { ConvolutionalNetworks.dense(seed: 4).graph }),
    ("flattened", { ConvolutionalNetworks.flattened(seed: 5).graph }),
    ("encoder", { try SmallEncoder.graph() }),
    ("ResNet-18", { ResNet(.resNet18, classes: 10, imageSize: 32, widthFactor: 0.125)!.model(seed: 0).graph }),
    ("MobileNetV2", { MobileNetV2(classes: 10, imageSize: 32, widthFactor: 0.25)!.model(seed: 0).graph }),
    (
      "grouped",
      {
        var network = PieceByPiece(seed: 6, channels: 3)
        network.convolution("reduce", 16)
        network.rectify()
        network.convolution("grouped", 24, kernel: 3, groups: 4)
        network.rectify()
        network.gate("gate", reduced: 6)
        network.convolution("expand", 10)
        network.classify()
        return network.graph
      }
    ),
  ]

  @Test(arguments: networks.indices) func costsAreThoseOfTheNetwork(_ index: Int) throws {
    let (name, make) = Self.networks[index]
    let graph = try make()
    let groups = try graph.pruningGroups().filter(\.isPrunable)
    let model = try CostModel(graph, groups)
    let dense = try ModelCost(of: graph)
    var generator = SeededGenerator(seed: 7)
    try #require(!groups.isEmpty)
    for trial in 0..<4 {
      var kept: [String: [Int]] = [:]
      for group in groups where trial > 0 {
        let count = 1 + Int(generator.uniform() * Double(group.size - 1))
        kept[group.id] = Array(generator.permutation(group.size).prefix(count)).sorted()
      }
      let counts = groups.map { kept[$0.id]?.count ?? $0.size }
      let truth = try ModelCost(of: graph.pruning(groups, keeping: kept))
      let cost = model.cost(of: counts)
      for kind in [Budget.Kind.macs, .parameters, .bytes] {
        // Where reshapes share their sizes, surgery stores these apart, a few bytes each.
        let apart = kind == .bytes && name == "encoder" ? 256.0 : 0
        #expect(abs(cost[kind] - truth[kind]) <= apart, "\(name), \(kind), \(counts)")
      }
      if trial > 0 { #expect(truth.macs < dense.macs) }
    }
  }
}
