import EspalierEngine
import EspalierGraph
import EspalierTensors
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
