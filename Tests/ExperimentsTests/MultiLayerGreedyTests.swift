import EspalierArchitectures
import EspalierEngine
import EspalierExperiments
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Greedy forward selection of several layers, each on the activations of the network pruned so far.
struct MultiLayerGreedyTests {
  private let graph = MultilayerPerceptron(widths: [6, 8, 7, 4])!.model(seed: 5).graph
  private let input: Tensor

  init() {
    var generator = SeededGenerator(seed: 6)
    input = Tensor(shape: [20, 6], (0..<120).map { _ in Float(generator.normal()) })
  }

  private func output(_ graph: Graph, _ value: String? = nil) throws -> [Float] {
    let name = value ?? graph.outputs[0].name
    let plan = try Plan(graph, feeds: [graph.feeds[0].name: TensorType(of: input)], results: [name])
    return try Session(plan).run([graph.feeds[0].name: input])[name]!.floats()!
  }

  private func distance(_ first: [Float], _ second: [Float]) -> Double {
    zip(first, second).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
  }

  private func prune(
    _ weights: PublishedGreedySelection.Weights, _ objective: PublishedGreedySelection.Objective
  ) throws -> MultiLayerGreedySelection.Result {
    var greedy = PublishedGreedySelection()
    (greedy.candidates, greedy.miniBatch, greedy.weights, greedy.objective) = (.max, 20, weights, objective)
    return try MultiLayerGreedySelection(greedy).prune(
      graph, PruningRequest(keeping: 0.5), on: InMemoryCalibration([graph.feeds[0].name: input]))
  }

  @Test(arguments: [PublishedGreedySelection.Objective.layer, .network])
  func eachLayerIsChosenOnTheNetworkPrunedSoFar(_ objective: PublishedGreedySelection.Objective) throws {
    let prepared = try graph.preparedForPruning()
    let groups = try prepared.pruningGroups().filter(\.isPrunable)
    try #require(groups.count == 2)
    var kept: [String: [Int]] = [:]
    for (index, group) in groups.enumerated() {
      let judged = objective == .layer ? group.consumers[0].output : prepared.outputs[0].name
      let dense = try output(prepared, judged)
      let chosen = try naiveGreedy(group.size / 2, of: group.size) { candidate in
        let selection = kept.merging([group.id: candidate]) { $1 }
        let masked = prepared.masking(Array(groups[...index]), keeping: selection)
        return distance(dense, try output(masked, judged))
      }
      kept[group.id] = chosen.last!
    }
    let result = try prune(.unchanged, objective)
    #expect(result.kept == kept)
    #expect(distance(try output(result.graph), try output(prepared.masking(groups, keeping: kept))) < 1e-8)
  }

  @Test func meanFieldWeightsGrowWithWhatIsDropped() throws {
    let result = try prune(.meanField, .layer)
    let groups = try graph.preparedForPruning().pruningGroups().filter(\.isPrunable)
    for group in groups {
      let layer = group.consumers[0]
      let (dense, small) = (graph.constants[layer.weight.value]!, result.graph.constants[layer.weight.value]!)
      let kept = try #require(result.kept[group.id])
      var expected = dense.taking(kept, along: layer.weight.axis)
      if let next = groups.first(where: { $0.producers.contains { $0.weight.value == layer.weight.value } }) {
        expected = expected.taking(result.kept[next.id]!, along: 1 - layer.weight.axis)
      }
      let factor = Float(group.size) / Float(kept.count)
      for (before, after) in zip(expected.floats()!, small.floats()!) { #expect(abs(before * factor - after) < 1e-6) }
      #expect(kept.count == group.size / 2 && small.count == expected.count)
    }
  }

  @Test func aGroupThatSeveralLayersReadIsRefused() throws {
    let network = ResNet(.resNet18, classes: 4, imageSize: 8, stem: .small, widthFactor: 0.0625)!.model(seed: 1).graph
    let image = Tensor(repeating: Float(1), shape: [2, 3, 8, 8])
    let data = InMemoryCalibration([network.feeds[0].name: image])
    let refusal = #expect(throws: EspalierError.self) {
      try MultiLayerGreedySelection().prune(network, PruningRequest(keeping: 0.5, scope: .all), on: data)
    }
    #expect(refusal?.kind == .model)
    let inner = try MultiLayerGreedySelection().prune(network, PruningRequest(keeping: 0.5), on: data)
    #expect(inner.kept.count == 8)
  }
}
