import EspalierEngine
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Convolutions in groups of several channels: as many channels go from each group.
struct GroupedConvolutionTests {
  /// 1x1, grouped 3x3 and 1x1 convolutions.
  private func chain(_ seed: UInt64 = 31) -> Graph {
    var network = PieceByPiece(seed: seed, channels: 3)
    network.convolution("reduce", 12)
    network.rectify()
    network.convolution("grouped", 8, kernel: 3, groups: 4)
    network.rectify()
    network.convolution("expand", 5)
    network.classify()
    return network.graph
  }

  @Test func aUnitIsAChannelOfEveryGroup() throws {
    let graph = chain()
    let inputs = try graph.prunableGroup("reduce")
    #expect(inputs.size == 3 && inputs.scope == .inner)
    let units = [[0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]]
    #expect(inputs.elements[ValueAxis("reduce.weight", 0)] == units)
    #expect(inputs.elements[ValueAxis("grouped.weight", 1, blocks: 4)] == units)
    let outputs = try graph.prunableGroup("grouped")
    #expect(outputs.elements[ValueAxis("expand.weight", 1)] == [[0, 2, 4, 6], [1, 3, 5, 7]])
    let small = try graph.pruning([inputs, outputs], keeping: ["reduce": [0, 2], "grouped": [1]])
    #expect(small.constants["grouped.weight"]?.shape == [4, 2, 3, 3])
    #expect(
      small.constants["grouped.weight"]
        == graph.constants["grouped.weight"]!.taking([1, 3, 5, 7], along: 0).taking([0, 2], along: 1))
    try graph.expectPrunedEqualsMasked(seed: 32)
  }

  @Test func anEarlierOrderOfChannelsIsTakenIntoAccount() throws {
    var network = PieceByPiece(seed: 33, channels: 2)
    network.convolution("first", 12)
    network.shuffle(3, .numbers)
    network.convolution("grouped", 12, kernel: 3, groups: 2)
    network.convolution("last", 4, groups: 4)
    network.classify()
    let groups = try network.graph.pruningGroups().filter(\.isPrunable)
    // Of the 4 units of a shuffle in 3, two lie in either half.
    #expect(groups.map(\.size) == [2, 3])
    try network.graph.expectPrunedEqualsMasked(seed: 34)
  }

  @Test func transposedConvolutionsHaveGroupsToo() throws {
    for (groups, sizes) in [(2, [3, 2]), (6, [6])] {
      var network = PieceByPiece(seed: 35, channels: 2)
      network.convolution("first", 6)
      var networks = SmallNetworks(seed: 36)
      var graph = network.graph
      graph.constants["up.weight"] = networks.tensor([6, 2, 2, 2])
      graph.constants["last.weight"] = networks.tensor([3, 2 * groups, 1, 1])
      graph.nodes += [
        Node(
          ConvTranspose.name, name: "up", [network.last.value, "up.weight"], ["u"],
          ["group": .int(Int64(groups)), "strides": .ints([2, 2])]),
        Node(Conv.name, name: "last", ["u", "last.weight"], ["output"]),
      ]
      graph.outputs = [ValueInfo("output")]
      #expect(try graph.pruningGroups().filter(\.isPrunable).map(\.size) == sizes)
      try graph.expectPrunedEqualsMasked(seed: 37)
      let data = networks.calibration([8, 2, 4, 4])
      let result = try graph.pruned(PruningRequest(keeping: 0.5, refit: Ridge()), calibration: data)
      #expect(result.verification.holds)
    }
  }

  @Test(arguments: Backends.all.map(\.name)) func supportsAreThoseOfTheLoopedForm(_ backend: String) throws {
    let graph = chain(38)
    var networks = SmallNetworks(seed: 39)
    let inputs = networks.tensor([10, 3, 4, 4])
    let backend = Backends.all.first { $0.name == backend }!
    let groups = try graph.pruningGroups().filter(\.isPrunable)
    try #require(!groups.isEmpty)
    for group in groups {
      let network = try CalibratedNetwork(
        graph, for: PruningRequest(keeping: 0.5, only: [group.id]),
        calibration: InMemoryCalibration(["input": inputs]), backend: backend)
      let looped = try LoopedISpaSP(graph, group, on: inputs, backend: backend)
      for count in 1..<group.size {
        let own = ISpaSP().select(count, of: network.problems[0])
        #expect(!own.trace.isEmpty)
        for (step, expected) in zip(own.trace, try looped.select(count, iterations: own.trace.count)) {
          #expect(step.support == expected.support)
          #expect(relativeDifference(step.importance, expected.importance) < 1e-4)
          #expect(abs(step.residualBefore! - expected.residualBefore!) < 1e-3 * expected.residualBefore!)
        }
      }
    }
  }

  @Test func refitsStayInsideTheirGroup() throws {
    var network = PieceByPiece(seed: 40, channels: 3)
    network.convolution("first", 8)
    network.rectify()
    network.convolution("grouped", 4, kernel: 3, groups: 2)
    network.finish()
    var networks = SmallNetworks(seed: 41)
    let data = networks.calibration([60, 3, 4, 4])
    for method in SelectionMethods.general {
      let plain = try network.graph.pruned(PruningRequest(keeping: 0.5, method: method), calibration: data)
      let refitted = try network.graph.pruned(
        PruningRequest(keeping: 0.5, method: method, refit: Ridge(0)), calibration: data)
      let loss = try squaredDifference(network.graph, refitted.graph, data.inputs["input"]!)
      #expect(abs(loss - refitted.groups[0].refittedResidual!) < 1e-3 * loss, "\(method.identifier)")
      #expect(loss < plain.groups[0].residual)
      try expectNoSmallChangeDoesBetter(
        refitted.graph, than: loss, like: network.graph, ["grouped.weight", "grouped.bias"], data.inputs["input"]!)
    }
  }

  @Test func importanceIsSummedOverAllConsumers() throws {
    var network = PieceByPiece(seed: 42, channels: 3)
    network.convolution("stem", 8)
    let stem = network.last
    network.convolution("inner", 8, kernel: 3, groups: 2)
    network.residual(stem)
    network.classify(ofMeans: false)
    let group = try network.graph.prunableGroup("stem")
    #expect(group.scope == .all && group.consumers.map(\.groups) == [2, 1] && group.size == 4)
    var networks = SmallNetworks(seed: 43)
    let inputs = networks.tensor([12, 3, 4, 4])
    let calibrated = try CalibratedNetwork(
      network.graph, for: PruningRequest(keeping: 0.5, scope: .all),
      calibration: InMemoryCalibration(["input": inputs]))
    #expect(calibrated.targets == [group])
    let importance = ISpaSP().select(2, of: calibrated.problems[0]).trace[0].importance
    let parts = try [0, 1].map { consumer in
      try LoopedISpaSP(network.graph, group, consumer: consumer, on: inputs, backend: Backends.standard)
        .select(2, iterations: 1)[0].importance
    }
    #expect(relativeDifference(importance, zip(parts[0], parts[1]).map(+)) < 1e-4)
    try network.graph.expectPrunedEqualsMasked(seed: 44)
  }
}
