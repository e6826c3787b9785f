import EspalierEngine
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Weights that several layers have in common are pruned in all of them alike, however often a file stores them.
struct EqualWeightsTests {
  private struct Summary: Equatable {
    var id: String
    var size: Int
    var scope: PruningGroup.Scope
    var isPrunable: Bool
    var readers: Int

    static func of(_ graph: Graph) throws -> [Summary] {
      try Inspection(graph).groups.map(\.group).map {
        Summary(id: $0.id, size: $0.size, scope: $0.scope, isPrunable: $0.isPrunable, readers: $0.consumers.count)
      }
    }
  }

  private func data(for graph: Graph, samples: Int = 24, seed: UInt64 = 63) -> InMemoryCalibration {
    var networks = SmallNetworks(seed: seed)
    return InMemoryCalibration(
      Dictionary(
        uniqueKeysWithValues: graph.inputs.map { input in
          (input.name, networks.tensor(Shape([samples] + input.dimensions!.dropFirst().map { $0.size! })))
        }))
  }

  @Test(arguments: Towers.Storage.allCases) func groupsAreThoseOfWeightsStoredOnce(_ storage: Towers.Storage) throws {
    for count in [2, 3] {
      let (towers, head) = (Towers.siamese(count, storage), Towers.sharedHead(count, storage))
      #expect(try Summary.of(towers) == Summary.of(Towers.siamese(count, .once)))
      #expect(try Summary.of(head) == Summary.of(Towers.sharedHead(count, .once)))
      let first = try #require(try Summary.of(towers).first { $0.id == "first" })
      #expect(first == Summary(id: "first", size: 12, scope: .all, isPrunable: true, readers: 2 * count))
      let hidden = try #require(try Summary.of(head).first { $0.id == "head" })
      #expect(hidden == Summary(id: "head", size: 14, scope: .inner, isPrunable: true, readers: count))
    }
  }

  @Test(arguments: [PruningRequest.Scope.inner, .all], [2, 3])
  func theSameInputGivesTheSameEmbedding(_ scope: PruningRequest.Scope, _ count: Int) throws {
    let graph = Towers.siamese(count, .apart)
    let data = data(for: graph)
    for refit in [nil, Ridge()] {
      for order in [PruningRequest.Order.sequential, .oneShot] {
        let result = try graph.pruned(
          PruningRequest(keeping: 0.5, scope: scope, refit: refit, order: order), calibration: data)
        #expect(result.groups.map(\.group.id) == (scope == .all ? ["first", "inner", "hidden"] : ["inner", "hidden"]))
        #expect(result.verification.holds && result.groups.allSatisfy { $0.selection.kept.count == $0.group.size / 2 })
        if refit != nil { #expect(result.groups.allSatisfy { $0.refittedResidual! < $0.residual }) }
        let image = data.inputs["x1"]!
        let same = Dictionary(uniqueKeysWithValues: graph.inputs.map { ($0.name, image) })
        let feeds = same.mapValues(TensorType.init(of:))
        let outputs = try Session(Plan(result.graph, feeds: feeds)).run(same)
        #expect(Set(outputs.values).count == 1 && outputs.count == count)
      }
    }
  }

  @Test(arguments: Towers.Storage.allCases) func itDoesNotMatterHowOftenWeightsAreStored(
    _ storage: Towers.Storage
  ) throws {
    let (graph, once) = (Towers.sharedHead(2, storage), Towers.sharedHead(2, .once))
    let data = data(for: graph)
    let request = PruningRequest(keeping: 0.5, refit: Ridge())
    let (result, expected) = (
      try graph.pruned(request, calibration: data), try once.pruned(request, calibration: data)
    )
    #expect(result.groups.map(\.selection) == expected.groups.map(\.selection))
    #expect(result.after.parameters == expected.after.parameters && result.after.macs == expected.after.macs)
    #expect(try squaredDifference(result.graph, expected.graph, data.inputs["input"]!) == 0)
  }

  @Test(arguments: [[1, 1, 1], [1, 2, 3]]) func sharedLayersAreRefittedToAllThatTheyRead(_ dilations: [Int]) throws {
    for levels in [2, 3] {
      let graph = Towers.sharedHead(levels, .apart, dilations: dilations)
      let data = data(for: graph, samples: 60)
      let inputs = data.inputs["input"]!
      let request = PruningRequest(keeping: 0.5, only: ["head"], refit: Ridge(0))
      for limit in [request.gramLimit, 1] {
        var limited = request
        limited.gramLimit = limit
        let result = try graph.pruned(limited, calibration: data)
        let loss = try squaredDifference(graph, result.graph, inputs)
        let group = result.groups[0]
        #expect(abs(loss - group.refittedResidual!) < 1e-3 * loss && loss < 0.98 * group.residual)
        guard limit > 1 else { continue }
        try expectNoSmallChangeDoesBetter(result.graph, than: loss, like: graph, ["out.weight"], inputs)
      }
    }
  }

  @Test(arguments: [Towers.Storage.once, .apart]) func whatIsNotRefittedIsNotReportedAsSuch(
    _ storage: Towers.Storage
  ) throws {
    var graph = Towers.sharedHead(2, storage)
    var networks = SmallNetworks(seed: 64)
    // Each level adds another bias, as where normalisations differ.
    let second = graph.nodes.lastIndex { $0.inputs.contains { $0.hasPrefix("out.bias") } }!
    graph.constants["other"] = networks.tensor([4])
    graph.nodes[second].inputs[2] = "other"
    let data = data(for: graph, samples: 60)
    let result = try graph.pruned(
      PruningRequest(keeping: 0.5, only: ["head"], refit: Ridge()), calibration: data)
    let (group, loss) = (result.groups[0], try squaredDifference(graph, result.graph, data.inputs["input"]!))
    #expect(group.group.consumers.count == 2 && result.verification.holds)
    #expect(abs(loss - group.refittedResidual!) < 1e-3 * loss && group.refittedResidual == group.residual)
    #expect(result.graph.constants["other"] == graph.constants["other"])
    #expect(
      result.graph.constants["out.weight"]
        == graph.constants["out.weight"]!.taking(group.selection.kept, along: 1))
  }

  @Test func equalWeightsWithOtherBiasesAreCutAlike() throws {
    var graph = Towers.siamese(2, .apart)
    var networks = SmallNetworks(seed: 65)
    graph.constants["inner.bias_1"] = networks.tensor([10])
    let result = try graph.pruned(PruningRequest(keeping: 0.5, refit: Ridge()), calibration: data(for: graph))
    let kept = result.groups[0].selection.kept
    #expect(result.groups[0].group.id == "inner" && result.verification.holds)
    for name in ["inner.bias", "inner.bias_1"] {
      #expect(result.graph.constants[name] == graph.constants[name]!.taking(kept, along: 0))
    }
  }

  @Test func keepingEverythingGivesTheSameNetwork() throws {
    for storage in Towers.Storage.allCases {
      let graph = Towers.siamese(2, storage)
      let request = PruningRequest(keeping: 1, scope: .all, refit: Ridge())
      #expect(try graph.pruned(request, calibration: data(for: graph)).graph == graph)
    }
  }

  /// Weights that are equal because they were not learned: two layers of 32 units each, one behind the other.
  @Test func weightsThatAreEqualByCoincidenceAreNotTied() throws {
    var networks = SmallNetworks(seed: 66)
    let size = 32
    let identity = (0..<size * size).map { Float($0 % (size + 1) == 0 ? 1 : 0) }
    let ramp = (0..<size * size).map { Float(min($0 % size, 7)) }
    let equal = [
      Tensor(repeating: Float(0), shape: [size, size]), Tensor(repeating: Float(1), shape: [size, size]),
      Tensor(repeating: Float(0.02), shape: [size, size]), Tensor(shape: [size, size], identity),
      Tensor(shape: [size, size], ramp),
    ]
    for weight in equal {
      var graph = networks.multilayerPerceptron([4, size, size, size, 3])
      graph.constants["fc2.weight"] = weight
      graph.constants["fc3.weight"] = weight
      let groups = try Summary.of(graph)
      #expect(groups.map(\.id) == ["fc1", "fc2", "fc3", "fc4"] && groups.map(\.readers) == [1, 1, 1, 0])
      let result = try graph.pruned(
        PruningRequest(keeping: 0.5, fractions: ["fc2": 0.25]), calibration: networks.calibration([20, 4]))
      #expect(result.groups.map(\.selection.kept.count) == [16, 8, 16])
      #expect(result.graph.constants["fc2.weight"]?.shape == [8, 16])
      #expect(result.graph.constants["fc3.weight"]?.shape == [16, 8])
    }
  }

  @Test func fewNumbersAreNotTied() throws {
    var networks = SmallNetworks(seed: 67)
    var graph = networks.multilayerPerceptron([3, 3, 3, 3, 2])
    graph.constants["fc3.weight"] = graph.constants["fc2.weight"]
    #expect(try Summary.of(graph).map(\.readers) == [1, 1, 1, 0])
  }

  @Test func weightsThatAreUsedOtherwiseAreNotTied() throws {
    var networks = SmallNetworks(seed: 68)
    let plain = networks.multilayerPerceptron([4, 10, 10, 10, 3])
    // One layer reads its weights row by row, the other column by column; or another operator does.
    for change in ["transposed", "scaled", "product"] {
      var graph = plain
      graph.constants["fc3.weight"] = graph.constants["fc2.weight"]
      let node = graph.nodes.firstIndex { $0.name == "fc3" }!
      switch change {
      case "transposed": graph.nodes[node].attributes["transB"] = .int(0)
      case "scaled": graph.nodes[node].attributes["alpha"] = .float(0.5)
      default: graph.nodes[node] = Node(MatMul.name, name: "fc3", ["h2", "fc3.weight"], ["z3"])
      }
      #expect(try Summary.of(graph).map(\.readers) == [1, 1, 1, 0], "\(change)")
    }
    var tied = plain
    tied.constants["fc3.weight"] = tied.constants["fc2.weight"]
    #expect(try Summary.of(tied).map(\.readers) == [3, 0])
  }
}
