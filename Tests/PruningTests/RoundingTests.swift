import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import Testing

/// Widths are rounded in channels, of which a unit may have several.
struct RoundingTests {
  /// A convolution of `width` channels that `groups` groups of another read, or that a depthwise convolution passes on.
  private func group(
    _ width: Int, groups: Int = 1, depthwise multiplier: Int? = nil
  ) throws -> PruningGroup {
    var network = PieceByPiece(seed: 51, channels: 3)
    network.convolution("first", width)
    network.rectify()
    if let multiplier { network.convolution("depthwise", multiplier * width, kernel: 3, groups: width) }
    network.convolution("second", groups, kernel: 3, groups: groups)
    network.classify()
    return try network.graph.prunableGroup("first")
  }

  private func width(_ group: PruningGroup, keeping fraction: Double, multiple: Int?) -> Int {
    let request = PruningRequest(keeping: fraction, multiple: multiple)
    return request.count(for: group) * group.elements[ValueAxis("first.weight", 0)]![0].count
  }

  @Test(arguments: [2, 4, 8]) func unitsOfSeveralChannelsAreCountedByTheirChannels(_ channels: Int) throws {
    let group = try group(32, groups: channels)
    #expect(group.size == 32 / channels)
    for (fraction, kept) in [(0.5, 16), (0.25, 8), (0.75, 24), (0.4, channels == 8 ? 8 : 16)] {
      #expect(width(group, keeping: fraction, multiple: nil) == kept, "\(fraction)")
    }
    #expect(width(group, keeping: 0.01, multiple: nil) == 8)
    #expect(width(group, keeping: 1, multiple: nil) == 32)
  }

  @Test func layersThatAreNoWiderThanAMultipleKeepWhatIsAskedFor() throws {
    for (size, kept) in [(4, [1, 2, 3]), (8, [2, 4, 6])] {
      let group = try group(size)
      for (fraction, count) in zip([0.25, 0.5, 0.75], kept) {
        #expect(width(group, keeping: fraction, multiple: nil) == count, "\(fraction) of \(size)")
        #expect(width(group, keeping: fraction, multiple: 16) == count, "\(fraction) of \(size)")
      }
    }
    let twelve = try group(12)
    #expect([0.1, 0.5, 0.75, 0.9].map { width(twelve, keeping: $0, multiple: nil) } == [8, 8, 8, 8])
    #expect(width(twelve, keeping: 0.5, multiple: 4) == 8 && width(twelve, keeping: 0.25, multiple: 4) == 4)
  }

  @Test func whereRoundingWouldKeepAllWhatIsAskedForIsKept() throws {
    #expect(width(try group(16), keeping: 0.9, multiple: nil) == 14)
    #expect(width(try group(30), keeping: 0.99, multiple: nil) == 29)
    #expect(width(try group(16, groups: 4), keeping: 0.9, multiple: nil) == 12)
    #expect(width(try group(24, groups: 8), keeping: 0.9, multiple: 24) == 16)
  }

  @Test func unitsThatNoMultipleHoldsComeNearToOne() throws {
    // Of 36 channels in units of 6, half are 18: the nearest multiple of 8 is 16, and 3 units come nearest to it.
    let group = try group(36, groups: 6)
    #expect(width(group, keeping: 0.5, multiple: 8) == 18)
    #expect(width(group, keeping: 0.7, multiple: 8) == 24)
  }

  @Test func depthwiseMultipliersAreRoundedByTheNarrowerLayer() throws {
    let group = try group(24, depthwise: 2)
    #expect(group.elements[ValueAxis("second.weight", 1)]![0].count == 2)
    #expect(width(group, keeping: 0.5, multiple: nil) == 16)
    #expect(width(group, keeping: 0.3, multiple: nil) == 8)
  }

  @Test func channelsThatAreFlattenedAreRoundedAsChannels() throws {
    var network = PieceByPiece(seed: 52, channels: 3)
    network.convolution("first", 20)
    network.rectify()
    network.classify(ofMeans: false)
    let group = try network.graph.prunableGroup("first")
    #expect(group.elements[ValueAxis("head.weight", 1)]![0].count == 16)
    #expect(PruningRequest(keeping: 0.5, multiple: 8).count(for: group) == 8)
    #expect(PruningRequest(keeping: 0.5, multiple: nil).count(for: group) == 10)
  }

  @Test func blocksOfDenseLayersAreCountedByTheirNeurons() throws {
    var networks = SmallNetworks(seed: 53)
    let group = try networks.blocks(units: 12).prunableGroup("fc1")
    #expect(group.size == 12)
    #expect(PruningRequest(keeping: 0.5, multiple: nil).count(for: group) == 6)
    #expect(PruningRequest(keeping: 0.5, multiple: 12).count(for: group) == 8)
    #expect(PruningRequest(keeping: 0.2, multiple: 12).count(for: group) == 4)
  }

  @Test func headsAreCountedByTheirChannels() throws {
    let groups = try SmallEncoder.graph().pruningGroups()
    let (heads, hidden) = (groups.first { $0.isAttention }!, groups.first { $0.isFeedForward }!)
    // Three heads of four channels, of which one is asked for.
    #expect([nil, 4, 8, 12].map { PruningRequest(keeping: 0.34, multiple: $0).count(for: heads) } == [1, 1, 2, 1])
    #expect([nil, 8].map { PruningRequest(keeping: 0.5, multiple: $0).count(for: hidden) } == [10, 8])
  }

  @Test(arguments: [PruningRequest.Scope.inner, .all]) func narrowNetworksArePruned(
    _ scope: PruningRequest.Scope
  ) throws {
    var network = PieceByPiece(seed: 54, channels: 3)
    network.convolution("stem", 8)
    network.rectify()
    let stem = network.last
    network.convolution("reduce", 16)
    network.rectify()
    network.convolution("grouped", 16, kernel: 3, groups: 4)
    network.rectify()
    network.convolution("expand", 8)
    network.residual(stem)
    network.rectify()
    network.classify()
    var networks = SmallNetworks(seed: 55)
    let data = networks.calibration([40, 3, 4, 4])
    let request = PruningRequest(keeping: 0.5, scope: scope, refit: Ridge(), multiple: nil)
    let result = try network.graph.pruned(request, calibration: data)
    #expect(result.verification.holds)
    #expect(result.graph.constants["grouped.weight"]?.shape == [8, 2, 3, 3])
    #expect(result.graph.constants["stem.weight"]?.shape == [scope == .all ? 4 : 8, 3, 1, 1])
  }

  @Test func aMethodThatKeepsEverythingIsRefused() throws {
    struct All: SelectionMethod {
      static let identifier = "all"
      static let title = "All"
      static let need = StatisticsNeed.secondMoments
      func select(_ count: Int, of problem: SelectionProblem) -> Selection {
        Selection(kept: Array(0..<problem.unitCount), residual: 0)
      }
    }
    var networks = SmallNetworks(seed: 56)
    let graph = networks.multilayerPerceptron([4, 10, 8, 2])
    let data = networks.calibration([32, 4])
    let refusal = #expect(throws: EspalierError.self) {
      try graph.pruned(PruningRequest(keeping: 1, fractions: ["fc2": 0.5], method: All()), calibration: data)
    }
    #expect(
      refusal?.description == "nothing is pruned because All keeps every unit, although fewer are asked for of: fc2")
    #expect(try graph.pruned(PruningRequest(keeping: 1, method: All()), calibration: data).graph == graph)
  }

  @Test func groupsOfOneUnitAreRefused() throws {
    var networks = SmallNetworks(seed: 57)
    let graph = networks.multilayerPerceptron([4, 1, 1, 3])
    let data = networks.calibration([8, 4])
    let refusal = #expect(throws: EspalierError.self) {
      try graph.pruned(PruningRequest(keeping: 0.5), calibration: data)
    }
    #expect(refusal?.kind == .refusal)
    #expect(refusal?.description.contains("fc2: the group is a single unit") == true)
  }
}
