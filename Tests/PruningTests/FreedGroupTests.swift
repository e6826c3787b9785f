import EspalierEngine
import EspalierGraph
import EspalierONNX
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Foundation
import Testing

/// Groups that lie behind reshapes, normalisations of groups of channels, gates and selections, in networks as
/// exporters write them.
struct FreedGroupTests {
  /// One prunable group of a network.
  struct Expected: Equatable, CustomStringConvertible {
    var id: String
    var size: Int
    var scope: PruningGroup.Scope
    var kind: String?
    /// The positions of the second unit on the axis that its first layer makes.
    var second: [Int]

    init(_ id: String, _ size: Int, _ scope: PruningGroup.Scope = .inner, _ kind: String? = nil, _ second: [Int]) {
      (self.id, self.size, self.scope, self.kind, self.second) = (id, size, scope, kind, second)
    }

    init(_ group: PruningGroup) {
      self.init(group.id, group.size, group.scope, group.kind, group.elements[group.producers[0].outputAxis]![1])
    }

    var description: String { "\(id): \(size) \(scope) \(kind ?? "-") \(second)" }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var groups: [Expected]

    var testDescription: String { name }
  }

  /// Elements of each of `parts` equal parts of 20, as those of a head of five channels lie in queries, keys and
  /// values.
  private static func head(_ number: Int, of parts: Int) -> [Int] {
    (0..<parts).flatMap { part in (0..<5).map { part * 20 + number * 5 + $0 } }
  }

  static let cases = [
    Case(name: "fused-qkv-split", groups: [.init("qkv", 4, .inner, "heads", head(1, of: 3))]),
    Case(name: "fused-qkv-gather", groups: [.init("qkv", 4, .inner, "heads", head(1, of: 3))]),
    Case(
      name: "nn-transformer-encoder-layer",
      groups: [
        .init("l.self_attn.in_proj", 4, .inner, "heads", head(1, of: 3)), .init("l.linear1", 32, .inner, "ffn", [1]),
      ]),
    Case(name: "batch-heads-merged", groups: [.init("q", 4, .inner, "heads", head(1, of: 1))]),
    Case(name: "relative-positions", groups: [.init("q", 4, .inner, "heads", head(1, of: 1))]),
    // How often positions are repeated follows from the number of heads: these stay, and values lose width.
    Case(
      name: "repeated-positions",
      groups: [.init("v", 5, .inner, nil, [1, 6, 11, 16])]),
    Case(name: "gqa-open-batch", groups: [.init("q", 2, .inner, "heads", Array(10..<20))]),
    Case(name: "glu-one-matrix", groups: [.init("a", 32, .inner, "ffn", [1, 33])]),
    Case(name: "q-k-width", groups: [.init("q", 16, .inner, nil, [1]), .init("v", 16, .inner, nil, [1])]),
    Case(name: "groupnorm-1", groups: [.init("a", 16, .all, nil, [1])]),
    Case(
      name: "gn17",
      groups: ["a", "b"].map { Expected($0, 4, .all, nil, (0..<8).map { $0 * 4 + 1 }) }),
    Case(
      name: "gn21-dynamo",
      groups: ["a", "b"].map { Expected($0, 4, .all, nil, (0..<8).map { $0 * 4 + 1 }) }),
    // Split attention: a channel goes with the one of the other radix that it is weighed against.
    Case(
      name: "resnest",
      groups: [
        .init("a.0", 8, .inner, nil, [1, 9]), .init("c.0", 16, .inner, nil, [1, 17]), .init("f1", 8, .inner, nil, [1]),
      ]),
    Case(
      name: "rsv-g1-c1",
      groups: [
        .init("a", 16, .inner, nil, [1]), .init("c", 16, .inner, nil, [1, 17]), .init("f1", 8, .inner, nil, [1]),
      ]),
    Case(
      name: "rsv-g2-c0",
      groups: [
        .init("a", 8, .inner, nil, [1, 9]), .init("c", 16, .inner, nil, [1, 17]), .init("f1", 8, .inner, nil, [1]),
      ]),
    Case(name: "standardised-weights", groups: [.init("0", 32, .inner, nil, [1]), .init("2", 32, .inner, nil, [1])]),
  ]

  static func network(_ name: String) throws -> Graph {
    let path = try #require(Bundle.module.resourceURL).appendingPathComponent("groups/\(name).onnx").path
    return try ONNXFile.read(path).graph
  }

  private static func inputs(_ graph: Graph, samples: Int = 6) throws -> [String: Tensor] {
    var networks = SmallNetworks(seed: 70)
    return Dictionary(
      uniqueKeysWithValues: try graph.feeds.map { feed in
        let inner = try #require(feed.dimensions).dropFirst().map { $0.size! }
        return (feed.name, networks.tensor(Shape([samples] + inner)))
      })
  }

  private static func outputs(_ graph: Graph, _ inputs: [String: Tensor]) throws -> [Double] {
    let session = try Session(Plan(graph, feeds: inputs.mapValues(TensorType.init(of:))), on: Backends.standard)
    return try #require(try session.run(inputs)[graph.outputs[0].name]?.doubles())
  }

  @Test(arguments: cases) func groupsAreWhatAnExpertWouldCut(_ example: Case) throws {
    let groups = try Self.network(example.name).preparedForPruning().pruningGroups().filter(\.isPrunable)
    #expect(groups.map(Expected.init) == example.groups)
  }

  @Test(arguments: cases, [PruningRequest.Order.sequential, .oneShot])
  func whatIsLeftIsTheMaskedNetwork(_ example: Case, _ order: PruningRequest.Order) throws {
    let graph = try Self.network(example.name)
    let data = InMemoryCalibration(try Self.inputs(graph))
    for scope in [PruningRequest.Scope.inner, .all] {
      let expected = example.groups.filter { scope == .all || $0.scope == .inner }
      guard !expected.isEmpty else { continue }
      let result = try graph.pruned(
        PruningRequest(keeping: 0.5, scope: scope, refit: nil, order: order), calibration: data)
      #expect(result.verification.holds)
      #expect(result.groups.map { $0.selection.kept.count } == expected.map { $0.size / 2 })
      #expect(result.after.parameters < result.before.parameters)
    }
  }

  @Test func headsOfAFusedProjectionLeaveTheNetworkWithFewer() throws {
    let graph = try Self.network("fused-qkv-split").preparedForPruning()
    let expected = try Self.network("fused-qkv-split-heads-0-1")
    let small = try graph.pruning([graph.prunableGroup("qkv")], keeping: ["qkv": [0, 1]])
    for name in ["qkv.weight", "qkv.bias", "proj.weight", "proj.bias", "five", "three"] {
      #expect(small.constants[name] == expected.constants[name], "\(name)")
    }
    #expect(small.nodes == expected.nodes)
    let inputs = try Self.inputs(graph)
    #expect(try Self.outputs(small, inputs) == Self.outputs(expected, inputs))
  }

  @Test func anOpenBatchStaysOpen() throws {
    let graph = try Self.network("gqa-open-batch").preparedForPruning()
    let group = try graph.prunableGroup("q")
    let small = try graph.pruning([group], keeping: ["q": [1]])
    let masked = graph.masking([group], keeping: ["q": [1]])
    for samples in [1, 3, 7] {
      let inputs = try Self.inputs(graph, samples: samples)
      #expect(try relativeDifference(Self.outputs(small, inputs), Self.outputs(masked, inputs)) < 1e-6)
    }
  }
}
