import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import EspalierTraining
import Testing

/// Training of a part of a network.
@Suite struct TrainedParametersTests {
  private func options(_ texts: [String]) -> TrainingOptions {
    var options = TrainingOptions(
      epochs: 1, batchSize: 60, stepSize: 0.5, schedule: .constant,
      optimizer: StochasticGradientDescent(momentum: 0, nesterov: false))
    if !texts.isEmpty { options.parameters = .named(texts) }
    return options
  }

  private func trained(_ texts: [String]) throws -> Graph {
    try Trainer(options(texts)).train(smallNetwork(), on: separablePoints())
  }

  @Test func whatIsNotNamedStaysAndWhatIsStepsAsItWould() throws {
    let (dense, whole) = (smallNetwork(), try trained([]))
    let names = Array(dense.constants.keys)
    #expect(names.count > 2)
    for name in names {
      let part = try trained([name])
      for other in names where !other.contains(name) { #expect(part.constants[other] == dense.constants[other]) }
      // One step is along the gradient, which does not depend on what is held.
      let step = try #require(part.constants[name]?.doubles()), full = try #require(whole.constants[name]?.doubles())
      #expect(step != dense.constants[name]?.doubles())
      for (a, b) in zip(step, full) { #expect(abs(a - b) < 1e-6) }
    }
  }

  @Test func layersGoByTheNamesOfTheirNodes() throws {
    var network = smallNetwork()
    let last = network.nodes.indices.last!
    network.nodes[last].name = "/head/Gemm"
    let part = try Trainer(options(["head"])).train(network, on: separablePoints())
    let own = Set(network.nodes[last].inputs)
    for (name, tensor) in network.constants { #expect((part.constants[name] == tensor) == !own.contains(name)) }
  }

  @Test func aNameOfNothingIsRefused() throws {
    let error = #expect(throws: EspalierError.self) { _ = try trained(["decoder"]) }
    #expect(error?.description.contains("contains \"decoder\"") ?? false)
  }
}
