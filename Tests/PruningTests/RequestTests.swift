import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTensors
import EspalierTestSupport
import Testing

/// Counts that requests ask for, and requests that are refused.
struct RequestTests {
  @Test func countsFollowTheContract() throws {
    var networks = SmallNetworks()
    let group = try networks.multilayerPerceptron([4, 30, 2]).pruningGroups()[0]
    #expect(PruningRequest(keeping: 0.5).count(for: group) == 15)
    #expect(PruningRequest(keeping: 0.33).count(for: group) == 9)
    #expect(PruningRequest(keeping: 0.001).count(for: group) == 1)
    #expect(PruningRequest(keeping: 1).count(for: group) == 30)
    #expect(PruningRequest(keeping: 0.5, fractions: ["fc1": 0.1]).count(for: group) == 3)
    #expect(PruningRequest(keeping: 0.33, multiple: 8).count(for: group) == 8)
    #expect(PruningRequest(keeping: 0.01, multiple: 8).count(for: group) == 8)
    #expect(PruningRequest(keeping: 1, multiple: 8).count(for: group) == 30)
  }

  @Test func scopeDecidesWhatIsPruned() throws {
    var networks = SmallNetworks()
    let graph = networks.residual(width: 8)
    let data = networks.calibration([32, 4])
    let inner = try graph.pruned(PruningRequest(keeping: 0.5), calibration: data)
    #expect(inner.groups.map(\.group.id) == ["inner"])
    let all = try graph.pruned(PruningRequest(keeping: 0.5, scope: .all), calibration: data)
    #expect(all.groups.map(\.group.id) == ["stem", "inner"])
    #expect(all.after.parameters == 4 * 4 + 4 * 3 + 3 * 4 + 3 * 4)
    #expect(all.before.macs > all.after.macs)
  }

  @Test func onlyNamedGroupsArePruned() throws {
    var networks = SmallNetworks()
    let graph = networks.multilayerPerceptron([4, 10, 8, 2])
    let data = networks.calibration([32, 4])
    let result = try graph.pruned(PruningRequest(keeping: 0.5, only: ["fc2"]), calibration: data)
    #expect(result.groups.map(\.group.id) == ["fc2"])
    #expect(result.graph.constants["fc1.weight"] == graph.constants["fc1.weight"])
    #expect(throws: EspalierError.self) {
      try graph.pruned(PruningRequest(keeping: 0.5, only: ["nope"]), calibration: data)
    }
    let frozen = #expect(throws: EspalierError.self) {
      try graph.pruned(PruningRequest(keeping: 0.5, only: ["fc3"]), calibration: data)
    }
    #expect(frozen?.kind == .refusal)
  }

  @Test func nothingPrunableIsRefusedWithTheReason() throws {
    var networks = SmallNetworks()
    let graph = networks.multilayerPerceptron([4, 2])
    let data = networks.calibration([8, 4])
    let refusal = #expect(throws: EspalierError.self) {
      try graph.pruned(PruningRequest(keeping: 0.5), calibration: data)
    }
    #expect(refusal?.kind == .refusal)
    #expect(refusal?.description.hasPrefix("nothing is prunable because fc1: output") == true)
  }

  @Test func emptyAndOverflowingDataAreRefused() throws {
    var networks = SmallNetworks()
    let graph = networks.multilayerPerceptron([4, 6, 2])
    let empty = InMemoryCalibration(["input": Tensor(repeating: Float(0), shape: [0, 4])])
    #expect(throws: EspalierError.self) { try graph.pruned(PruningRequest(keeping: 0.5), calibration: empty) }
    let huge = InMemoryCalibration(["input": Tensor(repeating: Float(1e30), shape: [4, 4])])
    #expect(throws: EspalierError.self) { try graph.pruned(PruningRequest(keeping: 0.5), calibration: huge) }
  }
}

/// Sequential selection sees the network as it is pruned so far; one shot does not.
struct OrderTests {
  @Test func sequentialSelectionIsOneShotGroupByGroup() throws {
    var networks = SmallNetworks(seed: 11)
    let graph = networks.multilayerPerceptron([6, 14, 12, 4])
    let data = networks.calibration([120, 6])
    let sequential = try graph.pruned(PruningRequest(keeping: 0.5, target: .layer), calibration: data)
    // The same by hand: prune the first group alone, then the second on what is left.
    let first = try graph.pruned(PruningRequest(keeping: 0.5, only: ["fc1"]), calibration: data)
    let second = try first.graph.pruned(PruningRequest(keeping: 0.5, only: ["fc2"]), calibration: data)
    #expect(sequential.groups.map(\.selection.kept) == [first, second].map { $0.groups[0].selection.kept })
    #expect(sequential.graph.constants.keys == second.graph.constants.keys)
    // Dropped units are zeros in one of the two networks and absent in the other, which some processors round apart.
    for (name, weights) in sequential.graph.constants {
      #expect(try weights.distance(from: #require(second.graph.constants[name])) < 1e-5, "\(name)")
    }
    #expect(sequential.verification.holds)
    let oneShot = try graph.pruned(PruningRequest(keeping: 0.5, order: .oneShot), calibration: data)
    #expect(oneShot.groups[0].selection.kept == sequential.groups[0].selection.kept)
    #expect(oneShot.groups[1].residual != sequential.groups[1].residual)
  }
}
