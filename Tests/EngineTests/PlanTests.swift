import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct PlanTests {
  private let feeds = ["x": TensorType([4, 16])]

  private func chain(_ ops: [OperatorName]) -> Graph {
    let names = ["x"] + ops.indices.map { "v\($0)" }
    return Graph(
      nodes: ops.enumerated().map { Node($1, [names[$0]], [names[$0 + 1]]) }, inputs: [ValueInfo("x")],
      outputs: [ValueInfo(names.last!)])
  }

  @Test func memoryIsUsedAgain() throws {
    let graph = chain(Array(repeating: Tanh.name, count: 20))
    #expect(try Plan(graph, feeds: feeds).arenaByteCount == 2 * 4 * 16 * 4)
    let all = try Plan(graph, feeds: feeds, results: (0..<20).map { "v\($0)" })
    #expect(all.arenaByteCount == 20 * 4 * 16 * 4)
  }

  @Test func viewsTakeNoMemory() throws {
    let graph = chain([Identity.name, Dropout.name, Flatten.name, Identity.name])
    let plan = try Plan(graph, feeds: feeds)
    #expect(plan.arenaByteCount == 0)
    let x = Tensor(repeating: Float(3), shape: [4, 16])
    let session = try Session(plan)
    #expect(try session.run(["x": x])["v3"] == x)
    #expect(try session.buffer("v3").address == session.buffer("x").address)
    let behind = chain([Tanh.name, Flatten.name, Tanh.name, Identity.name])
    #expect(try Plan(behind, feeds: feeds).arenaByteCount == 2 * 4 * 16 * 4)
  }

  @Test func whatNoResultNeedsIsNotComputed() throws {
    var graph = chain([Tanh.name, Relu.name])
    graph.nodes.append(Node("Unheard", ["x"], ["unused"]))
    graph.inputs.append(ValueInfo("other"))
    graph.nodes.append(Node(Gemm.name, ["other", "other"], ["unused too"]))
    let plan = try Plan(graph, feeds: feeds)
    #expect(plan.inputs == ["x"])
    #expect(plan.macs == 0)
    #expect(plan.types["unused too"] == nil)
    let session = try Session(plan)
    #expect(anyDataError { _ = try session.buffer("unused too") } != nil)
    #expect(
      try session.run(["x": Tensor(repeating: Float(0), shape: [4, 16]), "other": Tensor(scalar: Float(1))]).count == 1)
  }

  @Test(arguments: Backends.all)
  func whatIsKnownBeforehandIsAResultToo(backend: any Backend) throws {
    let graph = Graph(
      nodes: [
        Node(Constant.name, [], ["c"], ["value_floats": .floats([1, 2])]), Node(Negate.name, ["c"], ["d"]),
        Node(Add.name, ["d", "x"], ["y"]),
      ], inputs: [ValueInfo("x")], outputs: [ValueInfo("y")], constants: ["k": Tensor(scalar: Int64(7))])
    let x = Tensor(shape: [2], [10, 20] as [Float])
    let plan = try Plan(graph, feeds: ["x": TensorType([2])], results: ["y", "d", "c", "x", "k", "y"])
    let results = try Session(plan, on: backend).run(["x": x])
    #expect(results["y"] == Tensor(shape: [2], [9, 18] as [Float]))
    #expect(results["d"] == Tensor(shape: [2], [-1, -2] as [Float]))
    #expect(results["c"] == Tensor(shape: [2], [1, 2] as [Float]))
    #expect(results["x"] == x)
    #expect(results["k"] == Tensor(scalar: Int64(7)))
  }

  @Test func faultsAreSaid() throws {
    let graph = chain([Tanh.name])
    #expect(anyDataError { _ = try Plan(graph, feeds: feeds, results: ["z"]) }?.subject == "value \"z\"")
    #expect(anyDataError { _ = try Plan(graph, feeds: [:]) }?.subject == "input \"x\"")
    var twice = graph
    twice.nodes.append(Node(Relu.name, ["x"], ["v0"]))
    #expect(anyDataError { _ = try Plan(twice, feeds: feeds) }?.fault == "makes \"v0\", which exists already")
    let text = Graph(
      nodes: [Node(Identity.name, ["t"], ["y"])], outputs: [ValueInfo("y")],
      constants: ["t": Tensor(shape: [1], strings: ["text"])])
    #expect(anyDataError { _ = try Plan(text, feeds: [:]) } != nil)
    #expect(anyDataError { _ = try Plan(text, feeds: [:], results: ["t"]) }?.subject == "value \"t\"")
    let fed = chain([Identity.name])
    #expect(anyDataError { _ = try Plan(fed, feeds: ["x": TensorType([1], .string)]) } != nil)
  }
}
