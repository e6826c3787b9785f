import EspalierGraph
import EspalierONNX
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// Loops whose end follows from data: run, and kept when the layers in front of them are pruned.
struct LoopTests {
  private let workshop: Workshop

  /// A network 6-8-4 whose scores `h` are halved `count` times, or until their sum of squares is below `limit`; each
  /// iteration gives its scores, too.
  init() throws {
    workshop = try Workshop()
    let body = Graph(
      name: "body",
      nodes: [
        Node("Mul", ["v", "half"], ["next"]), Node("Mul", ["next", "next"], ["squares"]),
        Node("ReduceSum", ["squares"], ["sum"], ["keepdims": .int(0)]), Node("Greater", ["sum", "limit"], ["more"]),
        Node("Identity", ["next"], ["seen"]),
      ],
      inputs: [ValueInfo("i", .int64, []), ValueInfo("go", .bool, []), ValueInfo("v", .float32, nil)],
      outputs: [ValueInfo("more", .bool, []), ValueInfo("next", .float32, nil), ValueInfo("seen", .float32, nil)])
    var generator = SeededGenerator(seed: 6)
    var graph = Graph(
      nodes: [
        Node("MatMul", name: "in", ["x", "in.weight"], ["a"]), Node("Relu", ["a"], ["b"]),
        Node("MatMul", name: "out", ["b", "out.weight"], ["h"]),
        Node("Loop", name: "halve", ["count", "", "h"], ["last", "all"], ["body": .graph(body)]),
        Node("Neg", ["last"], ["y"]),
      ],
      inputs: [
        ValueInfo("x", .float32, [.symbolic("n"), .fixed(6)]), ValueInfo("count", .int64, []),
        ValueInfo("limit", .float32, []),
      ],
      outputs: [ValueInfo("y", .float32, nil), ValueInfo("all", .float32, nil)], opsets: ["": 17])
    graph.constants["in.weight"] = Tensor.random([6, 8], &generator)
    graph.constants["out.weight"] = Tensor.random([8, 4], &generator)
    graph.constants["half"] = Tensor(scalar: Float(0.5))
    try ONNXFile.write(Model(graph), to: workshop.model)
  }

  private func run(count: Int64, limit: Float) throws -> (h: [Float], y: [Float], all: Tensor) {
    try NPZ.write(
      [
        "x": Workshop.random([5, 6]), "count": Tensor(scalar: count), "limit": Tensor(scalar: limit),
      ], to: workshop.path("inputs.npz"))
    let outcome = try Tool.run(
      "run", workshop.model, "--input", workshop.path("inputs.npz"), "--output", workshop.path("y.npy"), "--output",
      workshop.path("all.npy"), "--output", "h=\(workshop.path("h.npy"))")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let (h, y) = (try NPY.read(workshop.path("h.npy")), try NPY.read(workshop.path("y.npy")))
    return (h.elements(as: Float.self), y.elements(as: Float.self), try NPY.read(workshop.path("all.npy")))
  }

  @Test(arguments: [1, 3]) func theCountOfADataInputEndsIt(count: Int64) throws {
    let (h, y, all) = try run(count: count, limit: -1)
    let factor = Float(pow(0.5, Double(count)))
    #expect(y == h.map { -$0 * factor })
    #expect(all.shape == [Int(count), 5, 4])
    #expect(Array(all.elements(as: Float.self).prefix(h.count)) == h.map { $0 * 0.5 })
  }

  @Test func theConditionEndsIt() throws {
    let (h, y, all) = try run(count: 50, limit: 0.001)
    var (values, iterations, sum) = (h, 0, Float.infinity)
    while sum > 0.001 {
      values = values.map { $0 * 0.5 }
      sum = values.reduce(0) { $0 + $1 * $1 }
      iterations += 1
    }
    #expect(iterations > 1 && iterations < 50)
    #expect(y == values.map { -$0 } && all.shape[0] == iterations)
  }

  @Test func withoutIterationsTheInitialValuesComeBack() throws {
    let (h, y, all) = try run(count: 0, limit: -1)
    #expect(y == h.map { -$0 } && all.count == 0)
  }

  @Test func anInputThatIsMissingIsNamed() throws {
    try NPY.write(Workshop.random([5, 6]), to: workshop.path("x.npy"))
    let outcome = try Tool.run(
      "run", workshop.model, "--input", workshop.path("x.npy"), "--output", workshop.path("y.npy"))
    #expect(outcome.status == 65)
    #expect(outcome.complaint.contains("\"count\"") || outcome.complaint.contains("\"limit\""), "\(outcome.errors)")
  }

  @Test func layersInFrontOfItArePrunedAndItStays() throws {
    try NPY.write(Workshop.random([40, 6]), to: workshop.path("x.npy"))
    let outcome = try Tool.run(
      "prune", workshop.model, "--calibration", "x=\(workshop.path("x.npy"))", "--keep", "0.5", "--round-to", "1", "-o",
      workshop.path("small.onnx"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let (small, dense) = (try ONNXFile.read(workshop.path("small.onnx")).graph, try ONNXFile.read(workshop.model).graph)
    #expect(small.constants["in.weight"]?.shape == [6, 4] && small.constants["out.weight"]?.shape == [4, 4])
    #expect(small.nodes.suffix(2) == dense.nodes.suffix(2))
    #expect(small.outputs == dense.outputs)
  }
}
