import EspalierTraining
import Testing

@Suite struct DecayedParametersTests {
  @Test func weightsAreOfTwoAxes() {
    #expect(DecayedParameters.weights.contains("fc.weight", [10, 512]))
    #expect(DecayedParameters.weights.contains("a.bias.of.two.axes", [1, 512]))
    #expect(!DecayedParameters.weights.contains("bn1.weight", [64]))
    #expect(!DecayedParameters.weights.contains("unknown", nil))
  }

  @Test(arguments: [
    ("conv1.weight", true), ("bn1.weight", true), ("bn1.bias", false), ("layer1.0.bn1.weight", false),
    ("layer2.0.downsample.1.weight", true), ("layer2.0.downsample.1.bias", false), ("fc.bias", false),
    ("features.1.conv.1.weight", true),
  ])
  func thePublicCodeGoesByNames(name: String, decays: Bool) {
    #expect(DecayedParameters.published.contains(name, [64]) == decays)
  }
}
