import EspalierArchitectures
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierKernels
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Pruning of channels that a layer normalisation goes over, whose statistics change with them.
@Suite struct NormalizationTests {
  @Test func channelsBetweenBlocksAreOneGroupOfTheWholeScope() throws {
    let groups = try SmallEncoder.graph().pruningGroups().filter(\.isPrunable)
    let stream = try #require(groups.first { $0.normalizations.count == 5 })
    #expect(stream.scope == .all && stream.size == 12 && stream.kind == nil)
    #expect(!groups.contains { $0.scope == .inner && !$0.normalizations.isEmpty })
    for member in ["embeddings.word_embeddings.weight[1]", "encoder.layer.1.output.LayerNorm.bias[0]"] {
      #expect(stream.members.contains(member))
    }
  }

  @Test(arguments: Backends.all, [PruningRequest.Order.sequential, .oneShot])
  func whatIsLeftIsTheSmallNetworkBuiltByItself(backend: any Backend, order: PruningRequest.Order) throws {
    let (graph, inputs) = (try SmallEncoder.graph(), SmallEncoder.texts(5, length: 7, isPadded: false))
    let result = try graph.pruned(
      PruningRequest(keeping: 0.5, scope: .all, refit: nil, order: order, batchSize: 2),
      calibration: InMemoryCalibration(inputs),
      backend: backend)
    #expect(result.verification.holds && result.groups.count == 6)
    let dense = PlainEncoder(SmallEncoder.network, graph.constants)
    var small = dense
    let kept = Dictionary(grouping: result.groups) { $0.group.kind }.mapValues { $0.map { $0.selection.kept } }
    small.heads = try #require(kept["heads"])
    small.units = try #require(kept["ffn"])
    small.channels = try #require(result.groups.first { !$0.group.normalizations.isEmpty }).selection.kept
    small.pooled = try #require(result.groups.first { $0.group.id == "pooler.dense" }).selection.kept
    #expect(small.pooled.count == 6)
    #expect(small.channels.count == 6 && small.heads.map { $0.count } == [1, 1])
    #expect(small.units.map { $0.count } == [10, 10])
    let session = try Session(Plan(result.graph, feeds: inputs.mapValues(TensorType.init(of:))), on: backend)
    let logits = try #require(try session.run(inputs)["logits"]?.doubles())
    #expect(relativeDifference(logits, small.logits(inputs)) < 1e-5)
    // The dense network is another one.
    #expect(relativeDifference(logits, dense.logits(inputs)) > 1e-2)
  }

  /// A network 5-9-4 with a normalisation of the nine, as one node or written out.
  private static func normalized(isWrittenOut: Bool) -> Graph {
    var networks = SmallNetworks(seed: 21)
    var graph = Graph(
      inputs: [ValueInfo("input", .float32, [.symbolic("N"), .fixed(5)])], outputs: [ValueInfo("output")],
      opsets: ["": 17])
    for (name, shape) in [("a", [5, 9]), ("scale", [9]), ("shift", [9]), ("b", [9, 4])] as [(String, Shape)] {
      graph.constants[name] = networks.tensor(shape)
    }
    graph.nodes.append(Node("MatMul", name: "first", ["input", "a"], ["x"]))
    if isWrittenOut {
      graph.constants["two"] = Tensor(scalar: Float(2))
      graph.constants["epsilon"] = Tensor(scalar: Float(1e-5))
      let last: Attribute = .ints([-1])
      graph.nodes += [
        Node("ReduceMean", ["x"], ["mean"], ["axes": last]), Node("Sub", ["x", "mean"], ["distance"]),
        Node("Pow", ["distance", "two"], ["square"]), Node("ReduceMean", ["square"], ["variance"], ["axes": last]),
        Node("Add", ["variance", "epsilon"], ["sum"]), Node("Sqrt", ["sum"], ["deviation"]),
        Node("Div", ["distance", "deviation"], ["quotient"]), Node("Mul", ["quotient", "scale"], ["scaled"]),
        Node("Add", ["scaled", "shift"], ["normalised"]),
      ]
    } else {
      graph.nodes.append(Node("LayerNormalization", ["x", "scale", "shift"], ["normalised"]))
    }
    graph.nodes.append(Node("MatMul", name: "second", ["normalised", "b"], ["output"]))
    return graph
  }

  @Test func writtenOutOrNotTheSameIsLeft() throws {
    var networks = SmallNetworks(seed: 22)
    let inputs = networks.tensor([6, 5])
    let kept = [0, 2, 3, 7]
    let pruned = try [true, false].map { isWrittenOut in
      let graph = Self.normalized(isWrittenOut: isWrittenOut)
      let group = try #require(try graph.pruningGroups().first(where: \.isPrunable))
      #expect(group.scope == .all && group.size == 9 && group.normalizations.count == (isWrittenOut ? 2 : 1))
      try graph.expectPrunedEqualsMasked(seed: 23)
      return try graph.pruning([group], keeping: [group.id: kept])
    }
    #expect(try squaredDifference(pruned[0], pruned[1], inputs) < 1e-8)
    // By hand: x = input a, over the four columns that are left.
    let graph = Self.normalized(isWrittenOut: false)
    let (a, b) = (graph.constants["a"]!.doubles()!, graph.constants["b"]!.doubles()!)
    let (scale, shift) = (graph.constants["scale"]!.doubles()!, graph.constants["shift"]!.doubles()!)
    let (input, session) = (
      inputs.doubles()!, try Session(Plan(pruned[1], feeds: ["input": TensorType(of: inputs)]), on: ReferenceBackend())
    )
    let output = try session.run(["input": inputs])["output"]!.doubles()!
    for row in 0..<6 {
      let x = kept.map { unit in (0..<5).reduce(0) { $0 + input[row * 5 + $1] * a[$1 * 9 + unit] } }
      let mean = x.reduce(0, +) / 4
      let deviation = (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4 + 1e-5).squareRoot()
      for column in 0..<4 {
        let expected = zip(x, kept).reduce(0) {
          $0 + (($1.0 - mean) / deviation * scale[$1.1] + shift[$1.1]) * b[$1.1 * 4 + column]
        }
        #expect(abs(output[row * 4 + column] - expected) < 1e-5)
      }
    }
  }

  @Test func itIsNotPrunedInsideOfBlocks() throws {
    let groups = try Self.normalized(isWrittenOut: false).pruningGroups()
    let refusal = #expect(throws: EspalierError.self) { _ = try PruningRequest(keeping: 0.5).targets(among: groups) }
    #expect(refusal?.kind == .refusal)
    #expect(refusal?.description.contains("normalisation (use --scope all)") ?? false)
  }
}
