import EspalierGraph
import EspalierTensors
import Testing

/// Everything that is added gets a name of its own, and the graph stays one in which every value is made once.
struct GraphBuilderTests {
  private let network = Graph(
    nodes: [
      Node("Mul", name: "scale", ["x", "factor"], ["y"]), Node("Relu", ["y"], ["y_1"]),
      Node("Add", ["y", "y_1"], ["sum"]),
    ], inputs: [ValueInfo("x")], outputs: [ValueInfo("sum")], constants: ["factor": Tensor(scalar: Float(2))])

  @Test func aFreeNameIsGivenAsAskedAndATakenOneWithTheLowestFreeNumber() {
    var names = NameTable(of: network)
    let asked = ["z", "z", "z", "y", "y", "x", "factor", "z_1", "sum", "z_1", "y"]
    #expect(
      asked.map { names.take($0) }
        == ["z", "z_1", "z_2", "y_2", "y_3", "x_1", "factor_1", "z_1_1", "sum_1", "z_1_2", "y_4"])
  }

  @Test(arguments: 0..<20) func namesAreThoseOfASearchFromOne(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bases = ["a", "a_1", "a_2", "a_1_1", "b", "b_2"]
    var names = NameTable(of: Graph())
    var taken: Set<String> = []
    for _ in 0..<100 {
      let base = bases[Int(generator.uniform() * Double(bases.count))]
      var expected = base
      var number = 1
      while taken.contains(expected) {
        expected = "\(base)_\(number)"
        number += 1
      }
      taken.insert(expected)
      // Some names come from elsewhere, as those of a file do.
      if generator.uniform() < 0.3 { names.insert(expected) } else { #expect(names.take(base) == expected) }
    }
  }

  @Test func nodesConstantsAndInputsAreCalledApart() throws {
    var builder = GraphBuilder(network, prefix: "loss")
    let target = builder.declareInput(ValueInfo("x"))
    let floor = builder.store(Tensor(scalar: Float(1)), as: "y")
    let stored = builder.store(Tensor(scalar: Float(1)))
    let difference = builder.add("Sub", ["sum", target], output: "sum")
    let square = builder.add("Mul", name: "square", [difference, difference])
    let halves = builder.add("Split", [square], ["axis": .int(0)], outputs: 2)
    let parts = builder.add("Split", [square], ["axis": .int(0)], outputs: ["part", "part"])
    let result = builder.add("Sum", halves + parts + [floor, stored])
    builder.declareOutput(ValueInfo(result))

    #expect([target, floor, stored, difference] == ["x_1", "y_2", "loss/stored", "sum_1"])
    #expect(square == "loss/0" && halves == ["loss/1", "loss/1/1"] && parts == ["part", "part_1"])
    #expect(builder.graph.nodes.map(\.label) == ["scale", "y_1", "sum", "sum_1", "square", "loss/1", "part", "loss/2"])
    #expect(builder.graph.outputs.map(\.name) == ["sum", "loss/2"])
    try builder.graph.validate()
  }

  @Test func aPassThatChangesNothingGivesTheSameGraph() {
    var builder = GraphBuilder(rewriting: network)
    for node in network.nodes { builder.append(node) }
    #expect(builder.graph == network)
  }

  @Test func aPassPutsNodesBetweenThoseOfTheGraph() throws {
    var builder = GraphBuilder(rewriting: network)
    for var node in network.nodes {
      if node.op == "Add" { node.inputs[0] = builder.add("Neg", [node.inputs[0]], output: "sum") }
      builder.append(node)
    }
    // The name of a value that has yet to be written again is taken.
    #expect(builder.graph.nodes.map(\.outputs) == [["y"], ["y_1"], ["sum_1"], ["sum"]])
    try builder.graph.validate()
  }

  @Test func whatIsAddedBesideAGraphKeepsClearOfItsNames() {
    var builder = GraphBuilder(beside: network)
    #expect(builder.add("Neg", ["sum"], output: "y") == "y_2")
    #expect(builder.graph.nodes.map(\.outputs) == [["y_2"]] && builder.graph.inputs.isEmpty)
  }

  @Test func aGraphThatJoinsSharesInputsAndKeepsItsOwnValues() throws {
    var other = network
    other.constants["factor"] = Tensor(scalar: Float(3))
    other.remarks["factor"] = Remark(documentation: "three")
    var builder = GraphBuilder(network)
    _ = builder.store(Tensor(scalar: Float(0)), as: "other/y")
    let names = builder.add(other, prefix: "other/", sharing: ["x"])
    #expect(
      names == ["x": "x", "factor": "other/factor", "y": "other/y_1", "y_1": "other/y_1_1", "sum": "other/sum"])
    let joined = builder.graph
    #expect(joined.inputs == network.inputs && joined.outputs.map(\.name) == ["sum", "other/sum"])
    #expect(joined.constants["other/factor"] == Tensor(scalar: Float(3)) && joined.nodes.count == 6)
    #expect(joined.remarks == ["other/factor": Remark(documentation: "three")])
    try joined.validate()
  }
}
