import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct SessionTests {
  @Test(arguments: Backends.all, 0..<60 as Range<UInt64>)
  func randomNetworksAreComputedAsByHand(backend: any Backend, seed: UInt64) throws {
    let (graph, inputs) = randomNetwork(seed: seed)
    let expected = try interpret(graph, inputs)
    let feeds = inputs.mapValues { TensorType(of: $0) }
    let names = graph.nodes.flatMap(\.outputs)
    // The last value alone, every third, and all of them, with parameters that may change and that may not.
    for results in [nil, names.indices.filter { $0 % 3 == 0 }.map { names[$0] }, names] {
      for variables in [[], ["w", "bias"]] as [Set<String>] {
        let plan = try Plan(graph, feeds: feeds, results: results, variables: variables)
        let session = try Session(plan, on: backend)
        let values = try session.run(inputs)
        #expect(Set(values.keys) == Set(plan.results))
        for (name, value) in values {
          #expect(value.distance(from: expected[name]!) < 1e-4, "\(name)")
        }
        // The arena still holds the last run's values, which must not affect the next run.
        #expect(try session.run(inputs) == values)
        #expect(try Session(plan, on: backend).run(inputs) == values)
      }
    }
  }

  @Test(arguments: Backends.all)
  func changedParametersAreSeen(backend: any Backend) throws {
    let graph = Graph(
      nodes: [
        Node(Negate.name, ["w"], ["n"]), Node(Reshape.name, ["n", "s"], ["r"]), Node(Add.name, ["x", "r"], ["y"]),
      ], inputs: [ValueInfo("x")], outputs: [ValueInfo("y")],
      constants: ["w": Tensor(shape: [2, 1], [1, 2] as [Float]), "s": Tensor(shape: [1], [-1] as [Int64])])
    let x = Tensor(shape: [2], [10, 10] as [Float])
    let plan = try Plan(graph, feeds: ["x": TensorType([2])], variables: ["w"])
    let session = try Session(plan, on: backend)
    #expect(try session.run(["x": x])["y"] == Tensor(shape: [2], [9, 8] as [Float]))
    try session.set("w", to: Tensor(shape: [2, 1], [3, 4] as [Float]))
    #expect(try session.run([:])["y"] == Tensor(shape: [2], [7, 6] as [Float]))
    try session.buffer("w").floats[0] = 5
    #expect(
      try session.run(["w": Tensor(shape: [2, 1], [5, 0] as [Float])])["y"] == Tensor(shape: [2], [5, 10] as [Float]))
    // Sessions of one plan share nothing.
    #expect(try Session(plan, on: backend).run(["x": x])["y"] == Tensor(shape: [2], [9, 8] as [Float]))
  }

  @Test func whatMayNotBeSetIsSaid() throws {
    let graph = Graph(
      nodes: [Node(Tanh.name, ["x"], ["h"]), Node(Add.name, ["h", "w"], ["y"])], inputs: [ValueInfo("x")],
      outputs: [ValueInfo("y")], constants: ["w": Tensor(scalar: Float(1))])
    let session = try Session(Plan(graph, feeds: ["x": TensorType([2])]))
    let number = Tensor(scalar: Float(0))
    #expect(anyDataError { try session.set("x", to: number) }?.subject == "input \"x\"")
    #expect(anyDataError { try session.set("x", to: Tensor(shape: [2], [1, 2] as [Int32])) }?.subject == "input \"x\"")
    #expect(anyDataError { try session.set("w", to: number) }?.subject == "value \"w\"")
    #expect(anyDataError { try session.set("h", to: Tensor(shape: [2], [1, 2] as [Float])) }?.subject == "value \"h\"")
    #expect(anyDataError { try session.set("z", to: number) }?.subject == "value \"z\"")
    #expect(anyDataError { _ = try session.run([:]) }?.fault == "is given no data")
  }

  @Test(arguments: Backends.all)
  func valuesWithoutElementsAreComputed(backend: any Backend) throws {
    let graph = Graph(
      nodes: [
        Node(MatMul.name, ["x", "w"], ["h"]), Node(Add.name, ["h", "b"], ["z"]), Node(Relu.name, ["z"], ["r"]),
        Node(ReduceSum.name, ["r"], ["y"], ["keepdims": .int(0)]),
      ], inputs: [ValueInfo("x")], outputs: [ValueInfo("y"), ValueInfo("r")],
      constants: ["w": Tensor(repeating: Float(1), shape: [3, 2]), "b": Tensor(repeating: Float(1), shape: [2])])
    let plan = try Plan(graph, feeds: ["x": TensorType([0, 3])], variables: ["w", "b"])
    let results = try Session(plan, on: backend).run(["x": Tensor(shape: [0, 3], [Float]())])
    #expect(results == ["y": Tensor(scalar: Float(0)), "r": Tensor(shape: [0, 2], [Float]())])
  }
}
