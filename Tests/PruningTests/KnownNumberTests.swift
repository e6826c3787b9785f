import EspalierGraph
import EspalierInference
import EspalierPruning
import EspalierTensors
import Testing

/// Numbers that follow from the shape of what is pruned stay those of the dense network.
struct KnownNumberTests {
  /// One head of attention, 5 to 8 wide, whose scores are divided by the root of the keys' width, computed from their
  /// shape.
  private func attention() -> Graph {
    var networks = SmallNetworks(seed: 5)
    let sizes: [Dimension] = [.symbolic("batch"), .fixed(4), .fixed(5)]
    return Graph(
      nodes: [
        Node("MatMul", name: "q", ["input", "q.weight"], ["queries"]),
        Node("MatMul", name: "k", ["input", "k.weight"], ["keys"]),
        Node("MatMul", name: "v", ["input", "v.weight"], ["values"]),
        Node("Shape", ["keys"], ["shape"]), Node("Gather", ["shape", "last"], ["width"]),
        Node("Cast", ["width"], ["number"], ["to": .int(1)]), Node("Sqrt", ["number"], ["root"]),
        Node("Transpose", ["keys"], ["turned"], ["perm": .ints([0, 2, 1])]),
        Node("MatMul", ["queries", "turned"], ["products"]), Node("Div", ["products", "root"], ["scores"]),
        Node("Softmax", ["scores"], ["weights"]), Node("MatMul", ["weights", "values"], ["mixed"]),
        Node("MatMul", name: "o", ["mixed", "o.weight"], ["output"]),
      ],
      inputs: [ValueInfo("input", .float32, sizes)], outputs: [ValueInfo("output", .float32, sizes)],
      constants: [
        "q.weight": networks.tensor([5, 8]), "k.weight": networks.tensor([5, 8]), "v.weight": networks.tensor([5, 8]),
        "o.weight": networks.tensor([8, 5]), "last": Tensor(shape: [], [Int64(-1)]),
      ])
  }

  @Test func theScaleOfAttentionStays() throws {
    let graph = try attention().preparedForPruning()
    #expect(!graph.nodes.contains { $0.op == "Sqrt" || $0.op == "Shape" })
    #expect(graph.constants.values.contains { $0.floats() == [Float(8).squareRoot()] })
    #expect(try graph.pruningGroups().filter(\.isPrunable).map(\.id) == ["q", "v"])
    try graph.expectPrunedEqualsMasked(seed: 6)
  }

  /// The length of a sequence is not known before the network runs, and neither is what follows from it.
  @Test func numbersOfOpenSizesAreComputed() throws {
    var graph = attention()
    graph.constants["last"] = Tensor(shape: [], [Int64(1)])
    graph.inputs[0].dimensions?[1] = .symbolic("length")
    #expect(try graph.preparedForPruning() == graph)
  }

  @Test func aBatchThatAnExporterWroteIntoNodesIsFound() throws {
    var graph = attention()
    #expect(graph.onlyBatch == nil)
    graph.nodes.insert(Node("Reshape", ["input", "sizes"], ["stated"]), at: 0)
    graph.constants["sizes"] = Tensor(shape: [3], [Int64(1), 4, 5])
    for position in 1...3 { graph.nodes[position].inputs[0] = "stated" }
    #expect(graph.onlyBatch == 1)
    #expect(graph.stating(batch: 1).inputs[0].dimensions?[0] == .fixed(1))
  }
}
