import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Blocks of channels that become blocks of positions, and back.
struct PixelShuffleTests {
  /// A convolution to `width` channels, `shuffle`, and a convolution over its `channels`.
  private func network(_ shuffle: Node, width: Int, channels: Int) -> Graph {
    var networks = SmallNetworks(seed: 70)
    return Graph(
      nodes: [
        Node(Conv.name, name: "first", ["input", "first.weight"], ["a"], ["pads": .ints([1, 1, 1, 1])]),
        Node(Relu.name, ["a"], ["b"]), shuffle,
        Node(Conv.name, name: "second", ["c", "second.weight"], ["output"]),
      ],
      inputs: [ValueInfo("input", .float32, [.fixed(2), .fixed(3), .fixed(4), .fixed(4)])],
      outputs: [ValueInfo("output")],
      constants: [
        "first.weight": networks.tensor([width, 3, 3, 3]), "second.weight": networks.tensor([2, channels, 1, 1]),
      ])
  }

  @Test(arguments: [("CRD", [4, 5, 6, 7]), ("DCR", [1, 4, 7, 10])])
  func channelsGoInBlocks(mode: String, block: [Int]) throws {
    let shuffle = Node(DepthToSpace.name, ["b"], ["c"], ["blocksize": .int(2), "mode": .string(mode)])
    let graph = network(shuffle, width: 12, channels: 3)
    let group = try graph.prunableGroup("first")
    #expect(group.size == 3)
    #expect(group.elements[ValueAxis("first.weight", 0)]![1] == block)
    #expect(group.elements[ValueAxis("second.weight", 1)]![1] == [1])
    try graph.expectPrunedEqualsMasked(seed: 71)
  }

  @Test func channelsOfPositionsGoWithThoseTheyBecome() throws {
    let graph = network(Node(SpaceToDepth.name, ["b"], ["c"], ["blocksize": .int(2)]), width: 5, channels: 20)
    let group = try graph.prunableGroup("first")
    #expect(group.size == 5)
    #expect(group.elements[ValueAxis("second.weight", 1)]![1] == [1, 6, 11, 16])
    try graph.expectPrunedEqualsMasked(seed: 72)
  }
}
