import EspalierArchitectures
import EspalierPruning
import Testing

/// Parameters and multiply-accumulate operations against the figures that are published for these networks.
struct ArchitectureCostTests {
  @Test func residualNetworks() throws {
    // 3.68 G: table 1 of the paper; the others: K. He et al. (CVPR 2016), table 1, as counted for torchvision's.
    for (depth, parameters, gigaMACs) in [
      (ResNet.Depth.resNet18, 11_689_512, 1.82), (.resNet34, 21_797_672, 3.68), (.resNet50, 25_557_032, 4.12),
    ] {
      let cost = try ModelCost(of: ResNet(depth)!.model(seed: 0).graph)
      #expect(cost.parameters == parameters)
      #expect(abs(Double(cost.macs) / 1e9 - gigaMACs) < 0.02 * gigaMACs)
    }
  }

  @Test func mobileNetwork() throws {
    let cost = try ModelCost(of: MobileNetV2()!.model(seed: 0).graph)
    #expect(cost.parameters == 3_504_872)
    #expect(abs(Double(cost.macs) / 1e6 - 314) < 0.02 * 314)
    // The expansion of the second block and what reads it: 96 channels at 112 x 112, twice.
    #expect(cost.peakActivationBytes >= 2 * 96 * 112 * 112 * 4)
  }

  @Test func smallImagesHaveASmallStem() throws {
    let graph = ResNet(.resNet18, classes: 10, imageSize: 32)!.model(seed: 0).graph
    #expect(!graph.nodes.contains { $0.op == "MaxPool" })
    #expect(abs(Double(try ModelCost(of: graph).macs) / 1e6 - 556) < 0.02 * 556)
  }

  @Test func theStemCanBeChosen() throws {
    let cheap = ResNet(.resNet34, classes: 10, imageSize: 32, stem: .imageNet)!.model(seed: 0).graph
    let whole = try ModelCost(of: ResNet(.resNet34)!.model(seed: 0).graph).macs
    // 32 pixels are a seventh of 224.
    #expect(abs(Double(try ModelCost(of: cheap).macs) * 49 / Double(whole) - 1) < 0.01)
    #expect(
      MobileNetV2(imageSize: 32, stem: .imageNet)?.stem == .imageNet && MobileNetV2(imageSize: 32)?.stem == .small)
    let narrow = ResNet(.resNet18, classes: 10, imageSize: 32, widthFactor: 0.5)!.model(seed: 0).graph
    #expect(narrow.constants["layer4.1.conv2.weight"]?.shape == [256, 256, 3, 3])
    #expect(ResNet(.resNet18, widthFactor: 0) == nil)
  }

  /// The published network's 61,706 parameters.
  @Test func leNetIsTheOneOfThePaper() throws {
    let lenet = try #require(LeNet(classes: 10))
    #expect(try ModelCost(of: lenet.model(seed: 0).graph).parameters == 61_706)
    #expect(
      LeNet(classes: 10, imageSize: 30) == nil && LeNet(classes: 0) == nil && LeNet(classes: 2, imageSize: 12) == nil)
  }
}
