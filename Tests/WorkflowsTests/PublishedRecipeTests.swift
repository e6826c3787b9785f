import EspalierArchitectures
import EspalierFiles
import EspalierPruning
import EspalierWorkflows
import Testing

/// The paper's procedure for its networks of images.
struct PublishedRecipeTests {
  @Test func theBlocksOfThePaperArePruned() throws {
    let resNet = ResNet(.resNet34, classes: 10, imageSize: 32)!.model(seed: 0).graph
    let (recipe, request) = try PublishedRecipe.request(for: resNet, batchSize: 8)
    #expect(recipe == .resNet34 && recipe.weightDecay == 5e-4)
    #expect(request.method is ISpaSP && request.refit == nil && request.order == .sequential)
    let targets = try request.targets(among: resNet.pruningGroups())
    let expected = ["1.1", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4"].map { "layer\($0).conv1" }
    #expect(targets.map(\.id) == expected)
    #expect(Set(targets.map(request.count(for:))) == [25, 51, 102], "int(0.4 C), without rounding")
  }

  @Test func featuresOfMobileNetArePruned() throws {
    let network = MobileNetV2(classes: 10, imageSize: 32)!.model(seed: 0).graph
    let (recipe, request) = try PublishedRecipe.request(for: network, batchSize: 8)
    #expect(recipe == .mobileNetV2 && recipe.weightDecay == 4e-5)
    let targets = try request.targets(among: network.pruningGroups())
    #expect(targets.map { $0.id.split(separator: ".")[1] } == ["6", "9", "10", "12", "13"])
    #expect(targets.allSatisfy { request.count(for: $0) == Int(Double($0.size) * 0.3) })
  }

  @Test func otherNetworksAreRefused() throws {
    let network = ResNet(.resNet18, classes: 10, imageSize: 32)!.model(seed: 0).graph
    let error = #expect(throws: EspalierError.self) { try PublishedRecipe.request(for: network, batchSize: 8) }
    #expect(error?.description.contains("ResNet34, which has 16") == true)
  }
}
