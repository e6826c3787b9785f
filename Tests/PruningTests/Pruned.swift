import EspalierEngine
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

extension Graph {
  /// Prunes the network at random selections and compares the results with the masked one on both backends.
  func expectPrunedEqualsMasked(
    seed: UInt64, times: Int = 4, samples: Int = 3, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var networks = SmallNetworks(seed: seed)
    let groups = try pruningGroups().filter(\.isPrunable)
    try #require(!groups.isEmpty, "nothing is prunable", sourceLocation: sourceLocation)
    let inputs = networks.tensor(Shape([samples] + feeds[0].dimensions!.dropFirst().map { $0.size! }))
    for _ in 0..<times {
      var kept: [String: [Int]] = [:]
      for group in groups {
        let units = (0..<group.size).filter { _ in networks.generator.uniform() < 0.6 }
        kept[group.id] = units.isEmpty ? [networks.generator.permutation(group.size)[0]] : units
      }
      let small = try pruning(groups, keeping: kept)
      try small.validate()
      let masked = masking(groups, keeping: kept)
      for backend in Backends.all {
        let outputs = try [small, masked].map { graph in
          try Session(Plan(graph, feeds: ["input": TensorType(of: inputs)]), on: backend).run(["input": inputs])[
            self.outputs[0].name]!.doubles()!
        }
        let difference = relativeDifference(outputs[0], outputs[1])
        #expect(difference < 2e-5, "\(backend.name), keeping \(kept)", sourceLocation: sourceLocation)
      }
    }
    let all = Dictionary(uniqueKeysWithValues: groups.map { ($0.id, Array(0..<$0.size)) })
    #expect(try pruning(groups, keeping: all) == self, sourceLocation: sourceLocation)
  }

  /// The group called `id`, which must be prunable.
  func prunableGroup(_ id: String) throws -> PruningGroup {
    try #require(try pruningGroups().first { $0.id == id && $0.isPrunable }, "\(id) is not prunable")
  }
}
