import Engine
import Graph
import Operators
import Tensors
import TestSupport
import Testing

/// One element of one axis of a node's input or output.
private struct Element: Hashable {
  var axis: PortAxis
  var index: Int
}

/// What lives and dies together at one node: found by spreading along ties, independent of how groups are found.
private func units(_ invocation: Invocation, _ rule: AxisRule, ports: [Port: Shape]) -> [Set<Element>] {
  var neighbours: [Element: Set<Element>] = [:]
  for (port, shape) in ports {
    for axis in shape.indices {
      for index in 0..<shape[axis] { neighbours[Element(axis: PortAxis(port, axis), index: index)] = [] }
    }
  }
  for tie in rule.ties {
    for index in 0..<ports[tie.from.port]![tie.from.axis] {
      for place in 0..<tie.block {
        let first = Element(axis: tie.from, index: index)
        let second = Element(axis: tie.to, index: tie.offset + index * tie.block + place)
        neighbours[first]!.insert(second)
        neighbours[second]!.insert(first)
      }
    }
  }
  var seen: Set<Element> = []
  var units: [Set<Element>] = []
  for element in neighbours.keys where seen.insert(element).inserted {
    var unit: Set<Element> = [element]
    var open = [element]
    while let next = open.popLast() {
      for other in neighbours[next]! where unit.insert(other).inserted { open.append(other) }
    }
    seen.formUnion(unit)
    units.append(unit)
  }
  let frozen = Set(rule.frozen.map(\.axis))
  return units.filter { unit in !unit.contains { frozen.contains($0.axis) } }
}

/// Checks each unit that a rule leaves free by removing it; returns how many there were.
private func checkUnits(_ example: OperatorCase, on backend: any Backend) throws -> Int {
  let inputs = example.inputs(seed: 3)
  let inference = try TypeInference(example.graph, feeds: inputs.mapValues { TensorType(of: $0) })
  let invocation = inference.invocations[0]
  let op = try #require(OperatorRegistry.find(example.op))
  guard let rule = try op.axes(invocation) else { return 0 }
  var ports: [Port: Shape] = [:]
  for (position, output) in zip(example.outputs.indices, invocation.outputs) { ports[.output(position)] = output.shape }
  for position in example.operands.indices {
    if let input = inputs[example.name(position)] { ports[.input(position)] = input.shape }
  }
  let full = try example.run(inputs, on: backend)
  var count = 0
  for unit in units(invocation, rule, ports: ports) {
    var removed: [PortAxis: Set<Int>] = [:]
    for element in unit { removed[element.axis, default: []].insert(element.index) }
    // An axis cannot become empty.
    if removed.contains(where: { ports[$0.key.port]![$0.key.axis] == $0.value.count }) { continue }
    count += 1
    func kept(_ axis: PortAxis) -> [Int] {
      (0..<ports[axis.port]![axis.axis]).filter { !removed[axis]!.contains($0) }
    }
    var (sliced, masked, expected) = (inputs, inputs, full)
    for axis in removed.keys {
      switch axis.port {
      case .input(let position):
        let name = example.name(position)
        sliced[name] = sliced[name]!.taking(kept(axis), along: axis.axis)
        if masked[name]!.elementType == .float32 { masked[name]!.clear(removed[axis]!, along: axis.axis) }
      case .output(let position):
        expected[position] = expected[position].taking(kept(axis), along: axis.axis)
      }
    }
    // What is summed over shows in no output: there, removing is as good as setting to zero.
    if !removed.keys.contains(where: { if case .output = $0.port { true } else { false } }) {
      expected = try example.run(masked, on: backend)
    }
    let actual = try? example.run(sliced, on: backend)
    let distance = zip(actual ?? [], expected).map { $0.distance(from: $1) }.max() ?? .infinity
    #expect(distance < 1e-6, "without \(removed) it makes \(String(describing: actual?.map(\.shape)))")
  }
  return count
}

extension Tensor {
  fileprivate mutating func clear(_ indices: Set<Int>, along axis: Int) {
    let (stride, size) = (shape.strides[axis], shape[axis])
    withMutableElements(as: Float.self) { elements in
      for i in elements.indices where indices.contains(i / stride % size) { elements[i] = 0 }
    }
  }
}

/// What a rule says of an operator's axes is true: removing tied elements of the inputs removes just those of the output.
@Suite struct AxisRuleTests {
  @Test(arguments: Backends.all, OperatorCases.all)
  func removingAUnitSlicesTheOutput(backend: any Backend, example: OperatorCase) throws {
    _ = try checkUnits(example, on: backend)
  }

  @Test func everyStandardOperatorHasARuleThatWasTried() throws {
    var tried: [OperatorName: Int] = [:]
    for example in OperatorCases.all {
      tried[example.op, default: 0] += try checkUnits(example, on: ReferenceBackend())
    }
    // These have no axis that could be free: they state their elements.
    let sources: Set<OperatorName> = [Constant.name, ShapeOf.name, ConstantOfShape.name, NumberRange.name]
    for op in OperatorRegistry.standard where !sources.contains(op.name) {
      #expect(tried[op.name, default: 0] > 0, "\(op.name) has no free axis in any case of OperatorCases")
    }
  }

  private func rule(_ example: OperatorCase) throws -> AxisRule {
    let feeds = example.inputs(seed: 1).mapValues { TensorType(of: $0) }
    let invocation = try TypeInference(example.graph, feeds: feeds).invocations[0]
    return try #require(try OperatorRegistry.find(example.op)?.axes(invocation))
  }

  @Test func sizesWrittenInAShapeHoldTheirAxes() throws {
    func fixed(_ shape: Shape, _ asked: [Int64], _ attributes: [String: Attribute] = [:]) throws -> Set<PortAxis> {
      let example = OperatorCase(
        Reshape.name, [.variable(shape), .constant(asked)], .init(uniqueKeysWithValues: attributes.map { ($0, $1) }))
      return Set(try rule(example).frozen.filter { $0.reason == "fixes its size in its shape" }.map(\.axis))
    }
    #expect(try fixed([2, 12], [0, -1]) == [])
    #expect(try fixed([2, 12], [2, -1]) == [PortAxis(.output(0), 0)])
    #expect(try fixed([2, 12], [0, 3, -1]) == [PortAxis(.output(0), 1)])
    #expect(try fixed([2, 12], [0, -1, 4]) == [PortAxis(.output(0), 2)])
    #expect(
      try fixed([1, 4, 4, 5], [-1, 0, 5])
        == [PortAxis(.input(0), 1), PortAxis(.output(0), 1), PortAxis(.output(0), 2)])
  }

  @Test func headsAreBlocksOfTheChannelsTheyAreSplitFrom() throws {
    let split = try rule(OperatorCase(Reshape.name, [.variable([2, 5, 12]), .constant([0, 0, -1, 4])]))
    #expect(split.ties.contains(AxisTie(PortAxis(.output(0), 2), PortAxis(.input(0), 2), block: 4)))
    let merged = try rule(OperatorCase(Flatten.name, of: [[2, 3, 2, 2]]))
    #expect(merged.ties.contains(AxisTie(PortAxis(.input(0), 1), PortAxis(.output(0), 1), block: 4)))
  }

  @Test func aConstantNodeKeepsItsElements() throws {
    let node = Node(
      Constant.name, [], ["y"], ["value": .tensor(Tensor(shape: [2, 2], [Float](repeating: 1, count: 4)))])
    let invocation = try TypeInference(Graph(nodes: [node]), feeds: [:]).invocations[0]
    #expect(try Constant.axes(invocation)?.frozen.map(\.axis) == [PortAxis(.output(0), 0), PortAxis(.output(0), 1)])
  }

  @Test func onlyAColumnVectorIsAGemmsBias() throws {
    func bias(_ addend: Shape) throws -> Port? {
      try rule(OperatorCase(Gemm.name, of: [[3, 2], [2, 3], addend])).contractions[0].bias
    }
    #expect(try bias([3]) == .input(2))
    #expect(try bias([1, 3]) == .input(2))
    #expect(try bias([3, 1]) == nil)
    #expect(try bias([3, 3]) == nil)
    #expect(try bias([]) == nil)
    #expect(try bias([1]) == nil)
  }

  @Test func twoComputedOperandsAreBranchesThatMeet() throws {
    #expect(try rule(OperatorCase(Add.name, of: [[2, 3], [2, 3]])).couplesBranches)
    let graph = Graph(
      nodes: [Node(Add.name, ["x", "b"], ["y"])], inputs: [ValueInfo("x")],
      constants: ["b": Tensor(shape: [3], [Float](repeating: 1, count: 3))])
    let invocation = try TypeInference(graph, feeds: ["x": TensorType([2, 3])]).invocations[0]
    #expect(try Add.axes(invocation)?.couplesBranches == false)
  }
}
