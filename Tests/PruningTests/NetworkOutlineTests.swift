import EspalierArchitectures
import EspalierGraph
import EspalierPruning
import EspalierTensors
import Testing

/// Networks in outline: layers, widths and residual connections.
@Suite struct NetworkOutlineTests {
  @Test func widthsAndBlocksOfAResidualNetwork() throws {
    let graph = try #require(ResNet(.resNet18, classes: 4, imageSize: 8, widthFactor: 0.125)).model(seed: 1).graph
    var networks = SmallNetworks()
    let data = networks.calibration([6, 3, 8, 8])
    let result = try graph.pruned(PruningRequest(keeping: 0.5, multiple: 1), calibration: data)
    let outline = try NetworkOutline(of: graph, keeping: result.groups)
    #expect(outline.layers.first?.name == "conv1" && outline.layers.last?.name == "fc")
    #expect(outline.layers.count == 21)
    for layer in outline.layers {
      let weight = "\(layer.name).weight"
      #expect(layer.width == graph.constants[weight]?.shape[0])
      #expect(layer.kept == result.graph.constants[weight]?.shape[0])
    }
    let inner = try #require(outline.layers.first { $0.name == "layer2.1.conv1" })
    #expect(inner.block == "layer2.1" && inner.kept == inner.width / 2 && inner.groups == ["layer2.1.conv1"])
    // One for each of eight blocks: from the block before, or from the projection beside it.
    #expect(outline.residuals.count == 8)
    let first = outline.residuals[0]
    #expect(outline.layers[first.from].name == "conv1" && outline.layers[first.to].name == "layer1.0.conv2")
  }

  @Test func aPlainNetworkHasNoResiduals() throws {
    var networks = SmallNetworks()
    let graph = networks.multilayerPerceptron([6, 24, 4])
    let outline = try NetworkOutline(of: graph, keeping: [])
    #expect(outline.layers.map(\.width) == [24, 4] && outline.layers.map(\.kept) == [24, 4])
    #expect(outline.residuals.isEmpty && outline.layers.map(\.block) == ["fc1", "fc2"])
  }
}
