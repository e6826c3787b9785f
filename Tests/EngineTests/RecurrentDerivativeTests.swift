import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

/// Gradients of recurrent layers over sequences of several lengths.
struct RecurrentDerivativeTests {
  static let layers: [(cell: String, gates: Int)] = [("RNN", 1), ("GRU", 3), ("LSTM", 4)]
  private static let lengths: [Int32] = [3, 5, 0, 1]
  private static let (units, width, steps) = (3, 2, 5)

  /// A bidirectional layer over `batch` sequences, whose outputs are added up with weights that differ.
  private func graph(_ cell: String, _ gates: Int, steps: Int, lengths: [Int32]?, seed: UInt64) -> Graph {
    var generator = SeededGenerator(seed: seed)
    let (units, width) = (Self.units, Self.width)
    var graph = Graph(opsets: ["": 14])
    graph.constants["W"] = .random([2, gates * units, width], &generator)
    graph.constants["R"] = .random([2, gates * units, units], &generator)
    graph.constants["B"] = .random([2, 2 * gates * units], &generator)
    graph.constants["all"] = .random([Self.steps, 2, 1, units], &generator)
    graph.constants["last"] = .random([2, 1, units], &generator)
    if let lengths { graph.constants["lengths"] = Tensor(shape: [lengths.count], lengths) }
    graph.inputs = [ValueInfo("x")]
    graph.constants["present"] = Tensor(
      shape: [steps, 2, 1, units], Array(graph.constants["all"]!.elements(as: Float.self).prefix(steps * 2 * units)))
    graph.nodes = [
      Node(
        OperatorName(cell), ["x", "W", "R", "B", lengths == nil ? "" : "lengths"], ["Y", "H"],
        ["hidden_size": .int(Int64(units)), "direction": .string("bidirectional")]),
      Node(Multiply.name, ["Y", "present"], ["weighted"]), Node(Multiply.name, ["H", "last"], ["end"]),
      Node(ReduceSum.name, ["weighted"], ["first"], ["keepdims": .int(0)]),
      Node(ReduceSum.name, ["end"], ["second"], ["keepdims": .int(0)]), Node(Add.name, ["first", "second"], ["y"]),
    ]
    graph.outputs = [ValueInfo("y")]
    return graph
  }

  private func gradients(_ graph: Graph, _ x: Tensor) throws -> (value: Double, gradients: [String: [Double]]) {
    let (names, feeds) = (["W", "R", "B"], ["x": TensorType(of: x)])
    let derivative = try Differentiation(of: "y", in: graph, withRespectTo: names, feeds: feeds)
    let results = try Session(
      Plan(derivative.graph, feeds: feeds, results: ["y"] + names.map { derivative.gradients[$0]! })
    ).run(["x": x])
    let plain = try Session(Plan(graph, feeds: feeds)).run(["x": x])["y"]!.doubles()![0]
    #expect(abs(plain - results["y"]!.doubles()![0]) < 1e-5)
    return (
      plain,
      Dictionary(uniqueKeysWithValues: names.map { ($0, results[derivative.gradients[$0]!]!.doubles()!) })
    )
  }

  /// The gradient is the sum of those of each sequence, cut off at its end.
  @Test(arguments: layers)
  func sequencesEndWhereTheirLengthsSay(_ layer: (cell: String, gates: Int)) throws {
    var generator = SeededGenerator(seed: 3)
    let (batch, width) = (Self.lengths.count, Self.width)
    let x = Tensor.random([Self.steps, batch, width], &generator)
    let all = try gradients(graph(layer.cell, layer.gates, steps: Self.steps, lengths: Self.lengths, seed: 4), x)
    var (value, sums) = (0.0, all.gradients.mapValues { $0.map { _ in 0.0 } })
    let numbers = x.elements(as: Float.self)
    for (sample, length) in Self.lengths.enumerated() where length > 0 {
      let own = (0..<Int(length)).flatMap { step in (0..<width).map { numbers[(step * batch + sample) * width + $0] } }
      let alone = try gradients(
        graph(layer.cell, layer.gates, steps: Int(length), lengths: nil, seed: 4),
        Tensor(shape: [Int(length), 1, width], own))
      value += alone.value
      for (name, gradient) in alone.gradients { sums[name] = zip(sums[name]!, gradient).map(+) }
    }
    #expect(abs(value - all.value) < 1e-5)
    for (name, sum) in sums {
      #expect(zip(sum, all.gradients[name]!).allSatisfy { abs($0 - $1) < 1e-4 * max(1, abs($0)) }, "\(name)")
    }
  }
}
