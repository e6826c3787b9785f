import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Residual additions couple branches, and gates do not.
struct GateTests {
  @Test func squeezeAndExcitationStaysInner() throws {
    var network = PieceByPiece(seed: 70, channels: 3)
    network.convolution("expand", 8)
    network.rectify()
    network.gate("gate", reduced: 4)
    network.convolution("project", 5)
    network.classify()
    let groups = try network.graph.pruningGroups().filter(\.isPrunable)
    #expect(groups.map(\.id) == ["expand", "gate.fc1", "project"] && groups.allSatisfy { $0.scope == .inner })
    #expect(groups[0].producers.map(\.label).count == 2 && groups[0].consumers.count == 2)
    try network.graph.expectPrunedEqualsMasked(seed: 71)
  }

  @Test func functionsOfOneBranchCoupleNothing() throws {
    var network = PieceByPiece(seed: 72, channels: 3)
    network.convolution("first", 8)
    let branch = network.last.value
    network.add(Sigmoid.name, [branch])
    network.add(Multiply.name, [branch, network.last.value])
    network.classify()
    #expect(try network.graph.prunableGroup("first").scope == .inner)
    var residual = PieceByPiece(seed: 73, channels: 3)
    residual.convolution("first", 8)
    let other = residual.last
    residual.convolution("second", 8)
    residual.residual(other)
    residual.classify()
    #expect(try residual.graph.prunableGroup("first").scope == .all)
  }

  @Test func denselyConnectedLayersAreGroupsOfTheirOwn() throws {
    var network = PieceByPiece(seed: 74, channels: 3)
    network.convolution("stem", 6)
    for layer in 0..<3 {
      let before = network.last
      network.rectify()
      network.convolution("layer\(layer)", 4, kernel: 3)
      network.concatenate(before)
    }
    network.classify()
    let groups = try network.graph.pruningGroups().filter(\.isPrunable)
    #expect(groups.map(\.id) == ["stem", "layer0", "layer1", "layer2"] && groups.allSatisfy { $0.scope == .inner })
    #expect(groups[0].consumers.count == 4)
    #expect(groups[1].elements[ValueAxis("head.weight", 1)] == [[6], [7], [8], [9]])
    try network.graph.expectPrunedEqualsMasked(seed: 75)
    var networks = SmallNetworks(seed: 76)
    let result = try network.graph.pruned(
      PruningRequest(keeping: 0.5, refit: Ridge()), calibration: networks.calibration([20, 3, 4, 4]))
    #expect(result.verification.holds)
  }

  @Test func flattenedChannelsOwnBlocksOfColumns() throws {
    var network = PieceByPiece(seed: 77, channels: 3)
    network.convolution("first", 5)
    network.classify(ofMeans: false)
    #expect(try network.graph.prunableGroup("first").elements[ValueAxis("head.weight", 1)]![1] == Array(16..<32))
    try network.graph.expectPrunedEqualsMasked(seed: 78)
  }
}
