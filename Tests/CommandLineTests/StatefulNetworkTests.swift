import EspalierGraph
import EspalierONNX
import EspalierTensors
import EspalierTestSupport
import Foundation
import Testing

/// Networks with a state, a rate and a choice by data, as detectors of speech have them.
struct StatefulNetworkTests {
  private let workshop: Workshop

  /// Frames of 6 through a hidden layer of 8 that adds a state `2 x n x 8`, and one of two last layers by the rate.
  init() throws {
    workshop = try Workshop()
    var generator = SeededGenerator(seed: 4)
    func branch(_ name: String) -> Graph {
      var graph = Graph(name: name, outputs: [ValueInfo("\(name).y")])
      graph.constants["\(name).weight"] = Tensor.random([8, 3], &generator)
      graph.nodes = [Node("MatMul", name: name, ["hidden", "\(name).weight"], ["\(name).y"])]
      return graph
    }
    var graph = Graph(
      nodes: [
        Node("MatMul", name: "in", ["frames", "in.weight"], ["a"]), Node("ReduceSum", ["state", "zero"], ["s"]),
        Node("Squeeze", ["s", "zero"], ["t"]), Node("Relu", ["a"], ["b"]),
        Node("MatMul", name: "side", ["t", "side.weight"], ["c"]), Node("Add", ["b", "c"], ["hidden"]),
        Node("Greater", ["rate", "limit"], ["fast"]),
        Node(
          "If", name: "choice", ["fast"], ["y"],
          ["then_branch": .graph(branch("fine")), "else_branch": .graph(branch("coarse"))]),
      ],
      inputs: [
        ValueInfo("frames", .float32, [.symbolic("n"), .fixed(6)]),
        ValueInfo("state", .float32, [.fixed(2), .symbolic("n"), .fixed(8)]), ValueInfo("rate", .int64, []),
      ], outputs: [ValueInfo("y")], opsets: ["": 17])
    graph.constants["in.weight"] = Tensor.random([6, 8], &generator)
    graph.constants["side.weight"] = Tensor.random([8, 8], &generator)
    graph.constants["zero"] = Tensor(shape: [1], [Int64(0)])
    graph.constants["limit"] = Tensor(shape: [], [Int64(8000)])
    try ONNXFile.write(Model(graph), to: workshop.model)
  }

  private func data(_ count: Int, states: Int, rate: Int64 = 16000) throws -> String {
    let path = workshop.path("data.npz")
    try NPZ.write(
      [
        "frames": Workshop.random([count, 6]), "state": Workshop.random([2, states, 8], seed: 5),
        "rate": Tensor(shape: [], [rate]),
      ], to: path)
    return path
  }

  @Test(arguments: [1, 40])
  func groupsInFrontOfTheChoiceArePruned(_ states: Int) throws {
    let outcome = try Tool.run(
      "prune", workshop.model, "--calibration", try data(40, states: states), "--keep", "0.5", "--scope", "all",
      "--round-to", "1", "-o", workshop.path("small.onnx"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let small = try ONNXFile.read(workshop.path("small.onnx")).graph
    #expect(!small.nodes.contains { $0.op == "If" })
    #expect(small.constants.values.contains { $0.shape == [4, 3] }, "both last layers read 4 units")
    #expect(small.inputs.map(\.name) == ["frames", "state", "rate"])
  }

  /// Both branches are computed, and the rate says which counts.
  @Test func theConditionSelects() throws {
    var answers: [Tensor] = []
    for rate in [16000, 8000] as [Int64] {
      let outcome = try Tool.run(
        "run", workshop.model, "--input", try data(5, states: 5, rate: rate), "--output", workshop.path("y.npy"))
      #expect(outcome.status == 0, "\(outcome.errors)")
      answers.append(try NPY.read(workshop.path("y.npy")))
    }
    #expect(answers[0].shape == [5, 3] && answers[0] != answers[1])
  }

  @Test func dataOfOtherAxesIsRefused() throws {
    try NPZ.write(
      [
        "frames": Workshop.random([4, 6]), "state": Workshop.random([4, 8]), "rate": Tensor(shape: [], [Int64(1)]),
      ], to: workshop.path("data.npz"))
    let outcome = try Tool.run(
      "prune", workshop.model, "--calibration", workshop.path("data.npz"), "--keep", "0.5", "-o",
      workshop.path("small.onnx"))
    #expect(outcome.status == 65)
    #expect(
      outcome.complaint.contains("state: has 2 axes, and the network's input \"state\" 3"), "\(outcome.complaint)")
  }
}
