import EspalierExperiments
import EspalierFiles
import EspalierGraph
import EspalierPruning
import Testing

/// Greedy forward selection by forward passes, against selections as simple as they can be and against all subsets.
struct PublishedGreedyTests {
  /// Every unit a candidate, on all samples.
  private func exhaustive(_ layer: SmallLayer) -> PublishedGreedySelection {
    var greedy = PublishedGreedySelection()
    (greedy.candidates, greedy.miniBatch) = (.max, layer.data.count)
    return greedy
  }

  private func supports(_ greedy: PublishedGreedySelection, _ layer: SmallLayer) throws -> [[Int]] {
    let sizes = Array(1..<layer.group.size)
    return try greedy.select(sizes, of: layer.group, in: layer.graph, on: layer.data).map(\.kept)
  }

  @Test(arguments: SmallLayer.all) func localImitationIsThatOfMaskedNetworks(_ name: String) throws {
    let layer = try SmallLayer(name)
    let output = try #require(layer.group.consumers.first?.output)
    let naive = try naiveGreedy(layer.group.size - 1, of: layer.group.size) {
      try layer.residual([output], keeping: $0)
    }
    #expect(try supports(exhaustive(layer), layer) == naive)
  }

  @Test(arguments: SmallLayer.all) func globalImitationIsThatOfMaskedNetworks(_ name: String) throws {
    let layer = try SmallLayer(name)
    var greedy = exhaustive(layer)
    greedy.objective = .network
    let naive = try naiveGreedy(3, of: layer.group.size) {
      try layer.residual(layer.graph.outputs.map(\.name), keeping: $0)
    }
    #expect(Array(try supports(greedy, layer).prefix(3)) == naive)
  }

  @Test(arguments: SmallLayer.all) func meanFieldWeightsAreThoseOfStatistics(_ name: String) throws {
    let layer = try SmallLayer(name)
    var greedy = exhaustive(layer)
    greedy.weights = .meanField
    let problem = try layer.problem()
    let size = layer.group.size
    let naive = try naiveGreedy(size - 1, of: size) {
      try #require(problem.residual(keeping: $0, times: Double(size) / Double($0.count)))
    }
    #expect(try supports(greedy, layer) == naive)
  }

  @Test(arguments: SmallLayer.all) func noSubsetIsBeatenAndTheFirstUnitIsTheBest(_ name: String) throws {
    let layer = try SmallLayer(name)
    let problem = try layer.problem()
    let energy = try #require(problem.outputEnergy)
    for (index, kept) in try supports(exhaustive(layer), layer).enumerated() {
      let best = try subsets(index + 1, of: layer.group.size).map { try #require(problem.residual(keeping: $0)) }.min()!
      let own = try #require(problem.residual(keeping: kept))
      #expect(own >= best - 1e-9 * energy)
      if index == 0 { #expect(abs(own - best) <= 1e-6 * energy) }
    }
  }

  @Test func fewCandidatesAndMiniBatchesFollowFromTheSeed() throws {
    let layer = try SmallLayer("dense")
    var greedy = PublishedGreedySelection()
    (greedy.candidates, greedy.miniBatch) = (2, 4)
    let first = try supports(greedy, layer)
    #expect(first.map(\.count) == Array(1..<layer.group.size))
    #expect(try supports(greedy, layer) == first)
    var others: [[[Int]]] = []
    for seed in 1...4 {
      greedy.seed = UInt64(seed)
      others.append(try supports(greedy, layer))
    }
    #expect(others.contains { $0 != first })
  }

  @Test func aToleranceEndsTheSelection() throws {
    let layer = try SmallLayer("dense")
    var greedy = exhaustive(layer)
    greedy.tolerance = 0.3
    let found = try greedy.select([layer.group.size], of: layer.group, in: layer.graph, on: layer.data)
    let kept = try #require(found.last?.kept)
    #expect(found.count == 1 && kept.count < layer.group.size)
    let output = try #require(layer.group.consumers.first?.output)
    let energy = try layer.values([output])[output]!.floats()!.reduce(0) { $0 + Double($1 * $1) }
    #expect(try layer.residual([output], keeping: kept) <= 0.3 * energy * 1.0001)
    let before = try #require(try supports(exhaustive(layer), layer).first { $0.count == kept.count - 1 })
    #expect(try layer.residual([output], keeping: before) > 0.3 * energy)
  }

  @Test(arguments: SmallLayer.all) func loopedISpaSPSelectsWhatOnePassDoes(_ name: String) throws {
    let layer = try SmallLayer(name)
    let problem = try layer.problem()
    var looped = PublishedISpaSP()
    looped.batchSize = 5
    for count in [1, layer.group.size / 2, layer.group.size - 1] {
      let supports = try looped.supports(count, of: layer.group, in: layer.graph, on: layer.data)
      #expect(supports.count == 20)
      #expect(supports.last == ISpaSP().select(count, of: problem).kept)
    }
  }
}
