import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Sizes and places that nodes repeat follow what is removed.
struct ResizingTests {
  @Test(arguments: [true, false]) func splitsFollow(_ isStated: Bool) throws {
    var network = PieceByPiece(seed: 60, channels: 3)
    network.convolution("first", 8)
    let half = network.split(4, isStated: isStated)
    network.convolution("second", 5)
    let second = network.last
    network.last = half
    network.convolution("third", 5)
    network.residual(second)
    network.classify()
    let groups = try network.graph.pruningGroups().filter { $0.producers[0].label.hasPrefix("Conv0") }
    #expect(groups.map(\.id) == ["first", "first#2"] && groups.allSatisfy { $0.isPrunable && $0.size == 4 })
    let small = try network.graph.pruning(groups, keeping: ["first": [0, 3], "first#2": [1]])
    let split = try #require(small.nodes.first { $0.op == Split.name })
    #expect(small.constants[split.inputs[1]]?.integers() == [2, 1])
    try network.graph.expectPrunedEqualsMasked(seed: 61)
  }

  @Test func slicesFollow() throws {
    var network = PieceByPiece(seed: 62, channels: 3)
    network.convolution("first", 9)
    let whole = network.last
    network.slice(2, 6)
    network.convolution("second", 5)
    let second = network.last
    network.last = whole
    network.slice(-3, 100)
    network.convolution("third", 5)
    network.residual(second)
    network.classify()
    // Channels 2 to 5 are read by the second layer, 6 to 8 by the third, the first two by none.
    let groups = try network.graph.pruningGroups().filter { $0.id.hasPrefix("first") }
    #expect(groups.map(\.size) == [2, 4, 3] && groups.map(\.isPrunable) == [false, true, true])
    try network.graph.expectPrunedEqualsMasked(seed: 63)
  }

  @Test func sharedAndComputedSizesGetCopiesOfTheirOwn() throws {
    var network = PieceByPiece(seed: 64, channels: 6)
    network.convolution("first", 6)
    network.shuffle(2, .computed)
    network.convolution("second", 6)
    network.shuffle(2, .computed)
    network.convolution("third", 4)
    network.classify()
    var graph = network.graph
    // All nodes that read the same numbers read the same tensor.
    var names: [Tensor: String] = [:]
    for (name, tensor) in graph.constants where tensor.elementType == .int64 {
      let shared = names[tensor] ?? name
      names[tensor] = shared
      for index in graph.nodes.indices {
        graph.nodes[index].inputs = graph.nodes[index].inputs.map { $0 == name ? shared : $0 }
      }
    }
    graph.constants.removeAll { constant in !graph.nodes.contains { $0.inputs.contains(constant.key) } }
    #expect(try graph.pruningGroups().filter(\.isPrunable).map(\.size) == [3, 3, 4])
    try graph.expectPrunedEqualsMasked(seed: 65)
    let first = try graph.prunableGroup("first")
    let small = try graph.pruning([first], keeping: ["first": [2]])
    // The nodes that computed the first two shapes are gone; the others are as before.
    #expect(small.nodes.filter { $0.op == ShapeOf.name }.count == 2)
    #expect(small.nodes.filter { $0.op == Reshape.name }.count == 4)
    for batch in [1, 5] {
      var networks = SmallNetworks(seed: 66)
      let inputs = networks.tensor([batch, 6, 4, 4])
      #expect(
        try squaredDifference(small, graph.masking([first], keeping: ["first": [2]]), inputs) < 1e-6)
    }
  }

  @Test func repeatedAndConstantAxesFollow() throws {
    var network = PieceByPiece(seed: 67, channels: 3)
    network.convolution("first", 6)
    let first = network.last
    network.convolution("single", 1)
    let sizes = network.whole([1, 6, 1, 1])
    network.add(Expand.name, [network.last.value, sizes])
    network.add(Multiply.name, [network.last.value, first.value])
    network.add(Tile.name, [network.last.value, network.whole([1, 2, 1, 1])])
    network.last.channels = 12
    network.convolution("last", 4)
    network.classify()
    let group = try network.graph.prunableGroup("first")
    #expect(group.size == 6 && group.elements[ValueAxis("last.weight", 1)]![1] == [1, 7])
    try network.graph.expectPrunedEqualsMasked(seed: 68)
  }

  /// Shapes of which some sizes are those of units, and several others those that the inputs leave open.
  @Test(arguments: [Reshape.name, Expand.name, Tile.name, ConstantOfShape.name])
  func sizesBetweenOpenOnesFollow(_ op: OperatorName) throws {
    var networks = SmallNetworks(seed: 71)
    var builder = GraphBuilder(Graph(opsets: ["": 17]))
    builder.declareInput(ValueInfo("input", .float32, [.symbolic("N"), .symbolic("H"), .symbolic("W"), .fixed(4)]))
    func whole(_ values: [Int]) -> String {
      builder.store(Tensor(shape: [values.count], values.map(Int64.init)), as: "sizes")
    }
    let hidden = builder.add(
      MatMul.name, ["input", builder.store(networks.tensor([4, 6]), as: "first")], output: "hidden")
    let open = builder.add(ShapeOf.name, ["input"], output: "shape")
    let outer = builder.add(Slice.name, [open, whole([0]), whole([3])], output: "outer")
    let sizes = builder.add(Concat.name, [outer, whole([6])], ["axis": .int(0)], output: "all")
    let single = builder.add(
      ReduceMean.name, ["input"], ["axes": .ints([1, 2, 3]), "keepdims": .int(1)], output: "single")
    var value: String
    switch op {
    case Reshape.name:
      let parts = ["first", "second", "third"].enumerated().map { place, name in
        builder.add(Slice.name, [open, whole([place]), whole([place + 1])], output: name)
      }
      let spread = builder.add(
        Concat.name, [parts[0], whole([1]), parts[1], whole([1]), parts[2], whole([6])], ["axis": .int(0)],
        output: "spread")
      value = builder.add(Reshape.name, [hidden, spread], output: "apart")
      value = builder.add(Tanh.name, [value], output: "bent")
      value = builder.add(Squeeze.name, [value, whole([1, 3])], output: "together")
    case ConstantOfShape.name:
      let ones = Attribute.tensor(Tensor(shape: [1], [0.5] as [Float]))
      let all = builder.add(op, [sizes], ["value": ones], output: "ones")
      value = builder.add(Add.name, [hidden, all], output: "added")
    case Tile.name:
      // The first axis is the batch itself.
      let first = builder.add(Concat.name, [whole([1]), outer, whole([6])], ["axis": .int(0)], output: "far")
      let repeats = builder.add(Gather.name, [first, whole([0, 2, 3, 4])], ["axis": .int(0)], output: "repeats")
      value = builder.add(
        Multiply.name, [hidden, builder.add(op, [single, repeats], output: "tiled")], output: "scaled")
    default:
      value = builder.add(
        Multiply.name, [hidden, builder.add(op, [single, sizes], output: "spread")], output: "scaled")
    }
    let last = builder.store(networks.tensor([6, 3]), as: "last")
    builder.declareOutput(ValueInfo(builder.add(MatMul.name, [value, last], output: "result")))
    let graph = builder.graph
    let group = try #require(try graph.pruningGroups().first(where: \.isPrunable))
    let small = try graph.pruning([group], keeping: [group.id: [1, 4]])
    try small.validate()
    #expect(small.nodes.count { $0.op == Where.name } == 1)
    for shape in [[2, 3, 5, 4], [1, 7, 2, 4]] as [Shape] {
      let inputs = networks.tensor(shape)
      let masked = graph.masking([group], keeping: [group.id: [1, 4]])
      #expect(try squaredDifference(small, masked, inputs) < 1e-9)
    }
  }

  /// One open size can have one value only, and the other any.
  @Test func openSizesAreToldApartEvenIfOneCannotChange() throws {
    var networks = SmallNetworks(seed: 72)
    var builder = GraphBuilder(Graph(opsets: ["": 17]))
    builder.declareInput(ValueInfo("input", .float32, [.symbolic("N"), .symbolic("H"), .symbolic("W")]))
    func whole(_ values: [Int]) -> String {
      builder.store(Tensor(shape: [values.count], values.map(Int64.init)), as: "sizes")
    }
    let rows = builder.add(Transpose.name, ["input"], ["perm": .ints([0, 2, 1])], output: "rows")
    let hidden = builder.add(
      MatMul.name, [rows, builder.store(networks.tensor([64, 8]), as: "first")], output: "hidden")
    let shape = builder.add(ShapeOf.name, [hidden], output: "shape")
    let outer = builder.add(Slice.name, [shape, whole([0]), whole([2])], output: "outer")
    let sizes = builder.add(Concat.name, [outer, whole([1, 8])], ["axis": .int(0)], output: "all")
    let apart = builder.add(Tanh.name, [builder.add(Reshape.name, [hidden, sizes], output: "apart")], output: "bent")
    let together = builder.add(Squeeze.name, [apart, whole([2])], output: "together")
    let last = builder.store(networks.tensor([8, 3]), as: "last")
    builder.declareOutput(ValueInfo(builder.add(MatMul.name, [together, last], output: "result")))
    let graph = builder.graph
    let group = try #require(try graph.pruningGroups().first(where: \.isPrunable))
    let kept = [group.id: [0, 3, 6]]
    let inputs = networks.tensor([2, 64, 10])
    #expect(
      try squaredDifference(graph.pruning([group], keeping: kept), graph.masking([group], keeping: kept), inputs) < 1e-9
    )
  }

  @Test func namesOfGroupsAreDistinct() throws {
    var network = PieceByPiece(seed: 69, channels: 3)
    network.convolution("first", 4, hasBias: false)
    network.convolution("second", 4, hasBias: false)
    network.convolution("third", 4, hasBias: false)
    network.classify()
    var graph = network.graph
    for (index, name) in ["first", "second", "third"].enumerated() {
      graph.constants["onnx::Conv_\(index)"] = graph.constants.removeValue(forKey: "\(name).weight")
      graph.nodes[index].inputs[1] = "onnx::Conv_\(index)"
    }
    graph.nodes[0].name = "/layer1/layer1.0/conv1/Conv"
    graph.nodes[1].name = "/layer1/layer1.0/conv1/Conv_1"
    graph.nodes[2].name = "/layer1/layer1.1/down/Conv"
    let ids = try graph.pruningGroups().map(\.id)
    #expect(ids == ["layer1.0.conv1", "layer1.0.conv1#2", "layer1.1.down", "head"])
  }
}
