import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import OrderedCollections
import Testing

/// Nodes run one by one on the values of their inputs.
struct InterpreterTests {
  private func running(_ node: Node, _ values: [String: Tensor]) -> Interpreter {
    var interpreter = Interpreter(values, opsets: ["": 17])
    interpreter.run([node])
    return interpreter
  }

  @Test func shapesMayFollowFromData() throws {
    let values = ["x": Tensor(shape: [4], [Float(0), 2, 0, 5])]
    let places = try running(Node("NonZero", ["x"], ["y"]), values).value("y")
    #expect(places == Tensor(shape: [1, 2], [Int64(1), 3]))
  }

  /// The sums so far of rows, which are read backwards and stacked as columns.
  @Test func aScanCarriesItsStateAlongAnAxis() throws {
    let body = Graph(
      nodes: [Node("Add", ["state", "row"], ["next"]), Node("Identity", ["next"], ["seen"])],
      inputs: [ValueInfo("state"), ValueInfo("row")], outputs: [ValueInfo("next"), ValueInfo("seen")])
    let node = Node(
      "Scan", ["start", "rows"], ["end", "sums"],
      [
        "body": .graph(body), "num_scan_inputs": .int(1), "scan_input_directions": .ints([1]),
        "scan_output_axes": .ints([1]), "scan_output_directions": .ints([0]),
      ])
    let interpreter = running(
      node,
      [
        "start": Tensor(shape: [2], [Float(0), 10]),
        "rows": Tensor(shape: [3, 2], [Float(1), 2, 3, 4, 5, 6]),
      ])
    #expect(try interpreter.value("end") == Tensor(shape: [2], [Float(9), 22]))
    #expect(try interpreter.value("sums") == Tensor(shape: [2, 3], [Float(5), 8, 9, 16, 20, 22]))
  }

  /// Kernels may want other orders of axes than that of the values, and operators may stand for several.
  @Test(arguments: Backends.all) func nodesGiveWhatAPlanGives(backend: any Backend) throws {
    let image = Tensor(shape: [1, 3, 5, 7], (0..<105).map { Float($0 % 13) - 6 })
    let filter = Tensor(shape: [4, 3, 3, 2], (0..<72).map { Float($0 % 7) - 3 })
    let nodes = [
      Node("Conv", ["image", "filter"], ["map"]),
      Node("MaxPool", ["map"], ["pooled"], ["kernel_shape": .ints([2, 2])]),
      Node("InstanceNormalization", ["map", "scale", "shift"], ["normal"]),
      Node("Resize", ["map", "", "scales"], ["large"], ["mode": .string("linear")]),
    ]
    let others = [
      "filter": filter, "scale": Tensor(shape: [4], [Float(1), 2, 3, 4]),
      "shift": Tensor(shape: [4], [Float(0), 1, 0, 1]),
      "scales": Tensor(shape: [4], [Float(1), 1, 2, 2]),
    ]
    let names = ["map", "pooled", "normal", "large"]
    var graph = Graph(nodes: nodes, inputs: [ValueInfo("image")], outputs: names.map { ValueInfo($0) })
    for (name, tensor) in others { graph.constants[name] = tensor }
    graph.opsets[""] = 17
    let plan = try Plan(graph, feeds: ["image": TensorType(of: image)])
    let expected = try Session(plan, on: backend).run(["image": image])
    var interpreter = Interpreter(others.merging(["image": image]) { $1 }, opsets: ["": 17], on: backend)
    interpreter.run(nodes)
    for name in names {
      let value = try interpreter.value(name)
      #expect(value.shape == expected[name]?.shape && value.distance(from: expected[name]!) < 1e-6, "\(name)")
    }
  }

  /// What only the other branch reads need not be there, and results that are declared must be given.
  @Test func onlyTheBranchThatIsTakenIsRead() throws {
    func branch(_ read: String) -> Graph {
      Graph(nodes: [Node("Identity", [read], ["z"])], outputs: [ValueInfo("z")])
    }
    var interpreter = Interpreter(
      ["x": Tensor(scalar: Float(4)), "go": Tensor(shape: [], [true])], opsets: ["": 17])
    let branches: OrderedDictionary<String, Attribute> = [
      "then_branch": .graph(branch("x")), "else_branch": .graph(branch("odd")),
    ]
    interpreter.run([
      Node(OperatorName("Strange", domain: "com.example"), ["x"], ["odd"]), Node("If", ["go"], ["y"], branches),
      Node("If", name: "wide", ["go"], ["one", "two"], branches),
    ])
    #expect(try interpreter.value("y") == Tensor(scalar: Float(4)))
    #expect { try interpreter.value("two") } throws: { "\($0)".contains("declares 2 outputs") }
  }

  @Test func whatCannotBeRunIsNamedForAllThatDependsOnIt() throws {
    var interpreter = Interpreter(["x": Tensor(scalar: Float(4))], opsets: ["": 17])
    interpreter.run([
      Node(OperatorName("Strange", domain: "com.example"), name: "odd", ["x"], ["a"]), Node("Sqrt", ["a"], ["b"]),
      Node("Sqrt", ["x"], ["c"]),
    ])
    #expect(try interpreter.value("c") == Tensor(scalar: Float(2)))
    #expect { try interpreter.value("b") } throws: { "\($0)".contains("com.example::Strange is not supported") }
  }

  @Test func aBodyThatDoesNotMakeItsOutputIsAnError() throws {
    let body = Graph(
      nodes: [Node("Identity", ["go"], ["more"])], inputs: [ValueInfo("i"), ValueInfo("go")],
      outputs: [ValueInfo("more"), ValueInfo("other")])
    let values = ["go": Tensor(shape: [], [true])]
    let interpreter = running(Node("Loop", name: "broken", ["", "go"], ["y"], ["body": .graph(body)]), values)
    #expect { try interpreter.value("y") } throws: { "\($0)".contains("\"other\"") }
  }
}
