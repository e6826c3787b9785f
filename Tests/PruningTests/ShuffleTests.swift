import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Channel shuffles: the inner axis of the reshape shrinks, not the number of its parts.
struct ShuffleTests {
  @Test(arguments: PieceByPiece.Sizes.allCases) func shufflesOfGroupedConvolutionsArePrunable(
    _ sizes: PieceByPiece.Sizes
  ) throws {
    var network = PieceByPiece(seed: 50, channels: 4)
    network.convolution("stem", 18)
    network.rectify()
    let stem = network.last
    network.convolution("reduce", 18, groups: 3)
    network.rectify()
    network.shuffle(3, sizes)
    network.convolution("depthwise", 18, kernel: 3, groups: 18)
    network.convolution("expand", 18, groups: 3)
    network.residual(stem)
    network.classify()
    let group = try network.graph.prunableGroup("reduce")
    #expect(group.scope == .inner && group.size > 1)
    // As many channels of each group of the producer, and of the consumer behind the shuffle.
    for unit in group.elements[ValueAxis("reduce.weight", 0)]! { #expect(isBalanced(unit, parts: 3, of: 18)) }
    for unit in group.elements[ValueAxis("expand.weight", 1, blocks: 3)]! {
      #expect(isBalanced(unit, parts: 3, of: 18))
    }
    #expect(try network.graph.prunableGroup("stem").scope == .all)
    try network.graph.expectPrunedEqualsMasked(seed: 51)
  }

  private func isBalanced(_ positions: [Int], parts: Int, of count: Int) -> Bool {
    Set((0..<parts).map { part in positions.count { $0 / (count / parts) == part } }).count == 1
  }

  @Test func oneShuffleKeepsAsManyUnitsAsItsInnerAxisHas() throws {
    var network = PieceByPiece(seed: 52, channels: 4)
    network.convolution("first", 20)
    network.shuffle(2, .numbers)
    network.convolution("second", 5)
    network.classify()
    let group = try network.graph.prunableGroup("first")
    #expect(group.size == 10)
    #expect(group.elements[ValueAxis("second.weight", 1)]![3] == [6, 7])
    let small = try network.graph.pruning([group], keeping: ["first": [1, 4, 9]])
    #expect(small.constants["sizes"]?.integers() == [-1, 2, 3, 4, 4])
    #expect(small.constants["sizes_1"]?.integers() == [-1, 6, 4, 4])
  }

  @Test(arguments: PieceByPiece.Sizes.allCases) func concatenatedAndSplitHalves(_ sizes: PieceByPiece.Sizes) throws {
    var network = PieceByPiece(seed: 53, channels: 4)
    network.convolution("stem", 16)
    for unit in 0..<2 {
      let identity = network.split(8)
      network.convolution("unit\(unit).a", 8)
      network.rectify()
      network.convolution("unit\(unit).b", 8, kernel: 3, groups: 8)
      network.convolution("unit\(unit).c", 8)
      network.concatenate(identity)
      network.shuffle(2, sizes)
    }
    network.convolution("last", 6)
    network.classify()
    #expect(try network.graph.prunableGroup("unit0.a").size == 8)
    #expect(try network.graph.prunableGroup("unit1.a").size == 8)
    // The stem's units meet those of both branches in the shuffles, and still there are some that can go.
    let coupled = try network.graph.pruningGroups().filter { $0.id.hasPrefix("stem") }
    #expect(coupled.contains(where: \.isPrunable) && Set(coupled.map(\.id)).count == coupled.count)
    try network.graph.expectPrunedEqualsMasked(seed: 54)
  }

  @Test func headsAreTheOuterBlocks() throws {
    // A linear attention of four heads of three channels: (batch, 5, 12) to (batch, heads, 5, 3) and back.
    var networks = SmallNetworks(seed: 55)
    var graph = Graph(
      inputs: [ValueInfo("input", .float32, [.symbolic("N"), .symbolic("length"), .fixed(7)])],
      outputs: [ValueInfo("output")])
    for name in ["q", "k", "v"] {
      graph.constants["\(name).weight"] = networks.tensor([7, 12])
      graph.constants["\(name).bias"] = networks.tensor([12])
    }
    graph.constants["o.weight"] = networks.tensor([12, 7])
    graph.constants["heads"] = Tensor(shape: [4], [0, 0, 4, 3] as [Int64])
    graph.constants["hidden"] = Tensor(shape: [3], [0, 0, 12] as [Int64])
    for name in ["q", "k", "v"] {
      graph.nodes += [
        Node("MatMul", name: name, ["input", "\(name).weight"], ["\(name)0"]),
        Node("Add", ["\(name)0", "\(name).bias"], ["\(name)1"]),
        Node("Reshape", ["\(name)1", "heads"], ["\(name)2"]),
        Node(
          "Transpose", ["\(name)2"], ["\(name)3"], ["perm": .ints(name == "k" ? [0, 2, 3, 1] : [0, 2, 1, 3])]),
      ]
    }
    graph.nodes += [
      Node("MatMul", ["q3", "k3"], ["scores"]), Node("Softmax", ["scores"], ["p"], ["axis": .int(-1)]),
      Node("MatMul", ["p", "v3"], ["mixed"]),
      Node("Transpose", ["mixed"], ["m0"], ["perm": .ints([0, 2, 1, 3])]),
      Node("Reshape", ["m0", "hidden"], ["m1"]), Node("MatMul", name: "o", ["m1", "o.weight"], ["output"]),
    ]
    let group = try graph.prunableGroup("q")
    #expect(group.size == 4 && group.scope == .inner && group.producers.map(\.label) == ["q", "k", "v"])
    #expect(group.elements[ValueAxis("o.weight", 0)]![2] == [6, 7, 8])
    let small = try graph.pruning([group], keeping: ["q": [0, 3]])
    #expect(small.constants["heads"]?.integers() == nil, "each node has its own copy")
    #expect(small.constants["hidden"]?.integers() == [0, 0, 6])
    let kept = ["q": [1, 2]]
    let inputs = networks.tensor([3, 5, 7])
    #expect(
      try squaredDifference(graph.pruning([group], keeping: kept), graph.masking([group], keeping: kept), inputs) < 1e-6
    )
  }
}
