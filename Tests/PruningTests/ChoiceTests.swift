import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import Testing

/// Verification of networks whose outputs depend on a choice between numbers.
struct ChoiceTests {
  /// Two scores that are equal but for rounding, and something of the one that is higher.
  private func detector(seed: UInt64, gap: Float, isBehind: Bool = false) -> Graph {
    var networks = SmallNetworks(seed: seed)
    var builder = GraphBuilder(Graph(opsets: ["": 17]))
    builder.declareInput(ValueInfo("input", .float32, [.symbolic("N"), .fixed(5)]))
    let hidden = builder.add(
      Tanh.name,
      [
        builder.add(
          MatMul.name, ["input", builder.store(networks.tensor([5, 6]), as: "first")], output: "hidden")
      ], output: "bent")
    let column = networks.tensor([6, 1]).elements(as: Float.self)
    // The second score is the first, with its terms in another place, plus the gap.
    let pair = builder.store(Tensor(shape: [6, 2], column.flatMap { [$0, $0] }), as: "pair")
    let scores = builder.add(
      Add.name,
      [
        builder.add(MatMul.name, [hidden, pair], output: "even"),
        builder.store(Tensor(shape: [2], [0, gap]), as: "gap"),
      ], output: "scores")
    let best = builder.add(ArgMax.name, [scores], ["axis": .int(1), "keepdims": .int(0)], output: "best")
    let rows = builder.store(networks.tensor([2, 4]), as: "rows")
    var result = builder.add(Gather.name, [rows, best], output: "chosen")
    if isBehind {
      let wide = builder.add(
        MatMul.name, [result, builder.store(networks.tensor([4, 6]), as: "wide")], output: "wider")
      result = builder.add(
        MatMul.name,
        [builder.add(Tanh.name, [wide], output: "turned"), builder.store(networks.tensor([6, 3]), as: "narrow")],
        output: "narrower")
    }
    builder.declareOutput(ValueInfo(result))
    return builder.graph
  }

  private func verification(of graph: Graph, _ other: Graph, keeping count: Int = 4) throws -> Verification {
    var networks = SmallNetworks(seed: 82)
    let groups = try graph.pruningGroups().filter(\.isPrunable)
    let kept = Dictionary(uniqueKeysWithValues: groups.map { ($0.id, Array(0..<count)) })
    return try Verification(
      of: graph.pruning(groups, keeping: kept), against: other.masking(groups, keeping: kept),
      on: networks.calibration([16, 5]))
  }

  /// Where rounding has another row chosen, the scores are compared.
  @Test func rowsOfEqualScoresAreNotCompared() throws {
    let (one, other) = (detector(seed: 81, gap: 1e-6), detector(seed: 81, gap: -1e-6))
    let found = try verification(of: one, other)
    #expect(found.holds)
    #expect(found.choices == ["ArgMax \"best\""])
    let same = try verification(of: one, one)
    #expect(same.holds && same.choices.isEmpty && same.relativeDifference == 0)
  }

  /// Whether one score is above another, which is equal but for rounding.
  private func comparison(gap: Float) -> Graph {
    var networks = SmallNetworks(seed: 83)
    var builder = GraphBuilder(Graph(opsets: ["": 17]))
    builder.declareInput(ValueInfo("input", .float32, [.symbolic("N"), .fixed(5)]))
    let first = builder.store(networks.tensor([5, 6]), as: "first")
    let hidden = builder.add(
      Tanh.name, [builder.add(MatMul.name, ["input", first], output: "hidden")], output: "bent")
    let column = builder.store(networks.tensor([6, 1]), as: "column")
    let score = builder.add(MatMul.name, [hidden, column], output: "score")
    let limit = builder.add(
      Add.name, [score, builder.store(Tensor(scalar: gap), as: "gap")], output: "limit")
    builder.declareOutput(ValueInfo(builder.add(Greater.name, [score, limit], output: "isAbove")))
    return builder.graph
  }

  @Test func numbersAtALimitAreComparedBeforeIt() throws {
    let found = try verification(of: comparison(gap: 1e-6), comparison(gap: -1e-6))
    #expect(found.holds)
    #expect(found.choices == ["Greater \"isAbove\""])
    #expect(try !verification(of: comparison(gap: 0.1), comparison(gap: -0.1)).holds)
  }

  /// Scores that differ by more than rounding are a fault, whatever is chosen.
  @Test func scoresThatDifferAreAFault() throws {
    let found = try verification(of: detector(seed: 81, gap: 0.1), detector(seed: 81, gap: -0.1))
    #expect(!found.holds)
  }

  /// Layers behind a choice would be seen by nothing.
  @Test func layersBehindAChoiceMustShow() throws {
    let (one, other) = (
      detector(seed: 81, gap: 1e-6, isBehind: true), detector(seed: 81, gap: -1e-6, isBehind: true)
    )
    #expect(try !verification(of: one, other).holds)
  }
}
