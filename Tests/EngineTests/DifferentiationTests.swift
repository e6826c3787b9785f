import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierKernels
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

@Suite struct DifferentiationTests {
  /// The gradients of `value` on the plain backend or another, with the seed where there is one.
  private func gradients(
    of value: String, in graph: Graph, _ variables: [String], _ inputs: [String: Tensor], seed: Tensor? = nil,
    on backend: any Backend = ReferenceBackend()
  ) throws -> [String: Tensor] {
    var inputs = inputs
    let differentiation = try Differentiation(
      of: value, in: graph, withRespectTo: variables, feeds: inputs.mapValues { TensorType(of: $0) })
    #expect((differentiation.seed == nil) == (seed == nil))
    if let name = differentiation.seed { inputs[name] = seed }
    try differentiation.graph.validate()
    let plan = try Plan(
      differentiation.graph, feeds: inputs.mapValues { TensorType(of: $0) },
      results: variables.map { differentiation.gradients[$0]! }, variables: Set(variables))
    let results = try Session(plan, on: backend).run(inputs)
    return Dictionary(uniqueKeysWithValues: variables.map { ($0, results[differentiation.gradients[$0]!]!) })
  }

  private func vector(_ values: Float...) -> Tensor { Tensor(shape: [values.count], values) }

  @Test(arguments: Backends.all)
  func aValueUsedTwiceGetsTheSumOfItsParts(backend: any Backend) throws {
    // y = x x + x (x used three times), and x through a view.
    let graph = Graph(
      nodes: [
        Node(Identity.name, ["x"], ["i"]), Node(Multiply.name, ["x", "i"], ["s"]), Node(Add.name, ["s", "x"], ["y"]),
      ], inputs: [ValueInfo("x")], outputs: [ValueInfo("y")])
    let result = try gradients(
      of: "y", in: graph, ["x"], ["x": vector(1, -2, 3)], seed: vector(1, 10, 100), on: backend)
    #expect(result["x"] == vector(3, -30, 700))
  }

  @Test(arguments: Backends.all)
  func oneOperandTwice(backend: any Backend) throws {
    let graph = Graph(
      nodes: [Node(Multiply.name, ["x", "x"], ["s"]), Node(ReduceSum.name, ["s"], ["y"], ["keepdims": .int(0)])],
      inputs: [ValueInfo("x")], outputs: [ValueInfo("y")])
    #expect(try gradients(of: "y", in: graph, ["x"], ["x": vector(1, -2)], on: backend)["x"] == vector(2, -4))
  }

  @Test(arguments: Backends.all)
  func intermediateValuesAndParametersAreVariablesLikeInputs(backend: any Backend) throws {
    // h = x w, y = sum h h: dh = 2 h, dw = 2 h x, dx = 2 h w.
    let graph = Graph(
      nodes: [
        Node(Multiply.name, ["x", "w"], ["h"]), Node(Multiply.name, ["h", "h"], ["q"]),
        Node(ReduceSum.name, ["q"], ["y"], ["keepdims": .int(0)]),
      ], inputs: [ValueInfo("x")], outputs: [ValueInfo("y")], constants: ["w": vector(2, 3)])
    let x = ["x": vector(5, 7)]
    let all = try gradients(of: "y", in: graph, ["x", "w", "h", "q", "y"], x, on: backend)
    #expect(all["h"] == vector(20, 42))
    #expect(all["w"] == vector(100, 294))
    #expect(all["x"] == vector(40, 126))
    #expect(all["q"] == vector(1, 1))
    #expect(all["y"] == Tensor(scalar: Float(1)))
    #expect(try gradients(of: "y", in: graph, ["h"], x, on: backend)["h"] == all["h"])
  }

  @Test func whatComesBeforeAVariableNeedsNoDerivative() throws {
    let graph = Graph(
      nodes: [
        Node(BroadcastToShape.name, ["x"], ["h"], ["shape": .ints([2])]), Node(Negate.name, ["h"], ["n"]),
        Node(ReduceSum.name, ["n"], ["y"]),
      ], inputs: [ValueInfo("x")], outputs: [ValueInfo("y")], opsets: ["": 17, "espalier": 1])
    let x = ["x": vector(1)]
    #expect(try gradients(of: "y", in: graph, ["h"], x)["h"] == vector(-1, -1))
    let error = anyDataError { _ = try gradients(of: "y", in: graph, ["x"], x) }
    #expect(error?.fault == "has no derivative")
    let feeds = ["x": TensorType([1])]
    let whole = try Differentiation(of: "y", in: graph, withRespectTo: ["h"], feeds: feeds)
    #expect(whole.graph.nodes.count <= graph.nodes.count + 3)
  }

  @Test func valuesThatFollowFromShapesHaveNoDerivative() throws {
    // y = sum (x + zeros of the shape of h) [largest of h], h = 2 x: neither zeros nor the position change with x.
    let graph = Graph(
      nodes: [
        Node(Add.name, ["x", "x"], ["h"]), Node(ShapeOf.name, ["h"], ["sizes"]),
        Node(ConstantOfShape.name, ["sizes"], ["zeros"]), Node(Add.name, ["x", "zeros"], ["z"]),
        Node(ArgMax.name, ["h"], ["place"], ["keepdims": .int(1)]), Node(Gather.name, ["z", "place"], ["largest"]),
        Node(ReduceSum.name, ["largest"], ["y"], ["keepdims": .int(0)]),
      ], inputs: [ValueInfo("x")], outputs: [ValueInfo("y")])
    #expect(try gradients(of: "y", in: graph, ["x"], ["x": vector(1, 5, 3)])["x"] == vector(0, 1, 0))
  }

  @Test func aGraphCanBeDifferentiatedAgain() throws {
    // y = tanh(x) at 0: dy = 1; then once more with respect to another variable, and once of the first gradient's own.
    let graph = Graph(
      nodes: [Node(Multiply.name, ["x", "w"], ["y"])], inputs: [ValueInfo("x"), ValueInfo("w")],
      outputs: [ValueInfo("y")])
    let feeds = ["x": TensorType([]), "w": TensorType([])]
    let first = try Differentiation(of: "y", in: graph, withRespectTo: ["x"], feeds: feeds)
    let second = try Differentiation(of: "y", in: first.graph, withRespectTo: ["w"], feeds: feeds)
    let mixed = try Differentiation(of: first.gradients["x"]!, in: second.graph, withRespectTo: ["w"], feeds: feeds)
    try mixed.graph.validate()
    let names = [first.gradients["x"]!, second.gradients["w"]!, mixed.gradients["w"]!]
    let results = try Session(Plan(mixed.graph, feeds: feeds, results: names)).run([
      "x": Tensor(scalar: Float(3)), "w": Tensor(scalar: Float(5)),
    ])
    #expect(names.map { results[$0]!.doubles()! } == [[5], [3], [1]])
  }

  @Test func faultsAreSaid() {
    let graph = Graph(
      nodes: [
        Node(Negate.name, ["x"], ["y"]), Node(Negate.name, ["w"], ["z"]),
        Node(Reshape.name, ["k", "k"], ["whole"]), Node(Gemm.name, ["m", "m", ""], ["g", ""]),
      ], inputs: [ValueInfo("x"), ValueInfo("w"), ValueInfo("m")], outputs: [ValueInfo("y")],
      constants: ["k": Tensor(shape: [1], [1] as [Int64])])
    let feeds = ["x": TensorType([2]), "w": TensorType([2]), "m": TensorType([2, 2])]
    func error(_ value: String, _ variables: [String]) -> (String, String)? {
      anyDataError { _ = try Differentiation(of: value, in: graph, withRespectTo: variables, feeds: feeds) }
        .map { ($0.subject, $0.fault) }
    }
    #expect(error("y", ["x"]) == nil)
    #expect(error("g", ["m"]) == nil)
    #expect(error("y", ["x", "w"])! == ("value \"w\"", "\"y\" does not depend on it"))
    #expect(error("y", ["q"])! == ("value \"q\"", "\"y\" does not depend on it"))
    #expect(error("q", ["x"])! == ("value \"q\"", "does not exist in the graph, so it has no gradient"))
    #expect(error("whole", ["x"])! == ("value \"whole\"", "is of int64, so it has no gradient"))
  }

  @Test(arguments: Backends.all, 0..<20 as Range<UInt64>)
  func gradientsOfRandomNetworksAreTheLimitsOfDifferences(backend: any Backend, seed: UInt64) throws {
    var (graph, inputs) = randomNetwork(seed: seed, size: 2)
    // Kept near 0, so that no product of many factors grows.
    let result = graph.outputs[0].name
    graph.nodes.append(Node(Tanh.name, [result], ["squashed"]))
    graph.nodes.append(Node(ReduceSum.name, ["squashed"], ["y"], ["keepdims": .int(0)]))
    let part = graph.extracting(to: ["y"])
    let read = Set(part.nodes.flatMap(\.inputs))
    let variables = ["a", "b", "w", "bias"].filter(read.contains)
    for name in ["a", "b"] {
      inputs[name] = Tensor(shape: [2, 2], inputs[name]!.elements(as: Float.self).map { $0 / 4 })
    }
    for name in ["w", "bias"] {
      let parameter = graph.constants[name]!
      graph.constants[name] = Tensor(shape: parameter.shape, parameter.elements(as: Float.self).map { $0 / 4 })
    }
    try #require(!variables.isEmpty, "the network of this seed reads no variable, so nothing is tested")
    let found = try gradients(of: "y", in: graph, variables, inputs, on: backend)
    for name in variables {
      let original = inputs[name] ?? graph.constants[name]!
      for element in 0..<original.count {
        func value(_ change: Float) throws -> Double {
          var (changedGraph, changedInputs, tensor) = (graph, inputs, original)
          tensor.withMutableElements(as: Float.self) { $0[element] += change }
          if inputs[name] != nil { changedInputs[name] = tensor } else { changedGraph.constants[name] = tensor }
          return try interpret(changedGraph, changedInputs)["y"]!.doubles()![0]
        }
        let step: Float = 1 / 64
        let near = try value(step) - value(-step)
        let far = try value(2 * step) - value(-2 * step)
        let expected = (8 * near - far) / (12 * Double(step))
        let gradient = Double(found[name]!.elements(as: Float.self)[element])
        #expect(abs(gradient - expected) < 1e-3 * max(1, abs(expected)), "\(name) \(element): \(gradient), \(expected)")
      }
    }
  }
}
