import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierInference
import EspalierKernels
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import Testing

/// One element of one axis of a node's input or output.
private struct Element: Hashable {
  var axis: PortAxis
  var index: Int
}

/// The elements that must be kept or removed together at one node.
///
/// They are found by following ties, independently of the search for groups.
private func units(_ rule: AxisRule, ports: [Port: Shape]) -> [Set<Element>] {
  var neighbours: [Element: Set<Element>] = [:]
  let blocked = Set(rule.ties.flatMap { [$0.from, $0.to] }.filter { $0.blocks > 1 })
  func size(_ axis: PortAxis) -> Int { ports[axis.port]![axis.axis] * axis.blocks }
  for (port, shape) in ports {
    for axis in shape.indices {
      let axis = blocked.first { $0.port == port && $0.axis == axis } ?? PortAxis(port, axis)
      for index in 0..<size(axis) { neighbours[Element(axis: axis, index: index)] = [] }
    }
  }
  func join(_ first: Element, _ second: Element) {
    neighbours[first]!.insert(second)
    neighbours[second]!.insert(first)
  }
  for tie in rule.ties {
    for index in 0..<size(tie.from) {
      for repetition in 0..<tie.repetitions {
        for place in 0..<tie.block {
          let other = tie.offset + repetition * tie.period + index * tie.block + place
          join(Element(axis: tie.from, index: index), Element(axis: tie.to, index: other))
        }
      }
    }
  }
  for selection in rule.selections {
    for (index, origin) in selection.elements.enumerated() {
      join(Element(axis: selection.from, index: index), Element(axis: selection.to, index: origin))
    }
  }
  for factor in rule.factors {
    for digit in [factor.source, factor.target] {
      for index in 0..<size(digit.axis) {
        let first = index / digit.block % factor.size * factor.source.block
        join(Element(axis: digit.axis, index: index), Element(axis: factor.source.axis, index: first))
      }
    }
  }
  for blocks in rule.blocks {
    for index in 1..<size(blocks.axis) where index % blocks.size > 0 {
      join(Element(axis: blocks.axis, index: index - 1), Element(axis: blocks.axis, index: index))
    }
  }
  // One way to keep parts of equal sizes: element j of each part goes with element j of the next.
  for balanced in rule.balanced {
    let part = size(balanced.axis) / balanced.parts
    for index in 0..<size(balanced.axis) - part {
      join(Element(axis: balanced.axis, index: index), Element(axis: balanced.axis, index: index + part))
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

/// Checks each unit that a rule of the operator leaves free by removing it; returns how many there were.
private func checkUnits(_ example: OperatorCase, on backend: any Backend) throws -> Int {
  let inputs = example.inputs(seed: 3)
  let inference = try TypeInference(example.graph, feeds: inputs.mapValues { TensorType(of: $0) })
  let typed = inference.nodes[0]
  guard var rule = typed.op.axes else { return 0 }
  var ports: [Port: Shape] = [:]
  for (position, output) in zip(example.outputs.indices, typed.outputs) { ports[.output(position)] = output.shape }
  for position in example.operands.indices {
    if let input = inputs[example.name(position)] { ports[.input(position)] = input.shape }
  }
  // What is stored is not sliced here.
  let stored = rule.ties.filter { ports[$0.from.port] == nil || ports[$0.to.port] == nil }
  rule.frozen += stored.flatMap { [$0.from, $0.to] }.map { FrozenAxis($0, "is stored") }
  rule.ties.removeAll { stored.contains($0) }
  let full = try example.run(inputs, on: backend)
  var count = 0
  for unit in rule.choices.flatMap({ units($0, ports: ports) }) {
    var removed: [PortAxis: Set<Int>] = [:]
    for element in unit { removed[element.axis, default: []].insert(element.index) }
    // An axis cannot become empty.
    if removed.contains(where: { ports[$0.key.port]![$0.key.axis] * $0.key.blocks == $0.value.count }) { continue }
    count += 1
    func kept(_ axis: PortAxis) -> [Int] {
      (0..<ports[axis.port]![axis.axis] * axis.blocks).filter { !removed[axis]!.contains($0) }
    }
    var (sliced, masked, expected) = (inputs, inputs, full)
    for axis in removed.keys.sorted(by: { $0.axis < $1.axis }) {
      switch axis.port {
      case .input(let position):
        let name = example.name(position)
        sliced[name] = sliced[name]!.taking(kept(axis), along: axis.axis, blocks: axis.blocks)
        if masked[name]!.elementType == .float32 { masked[name]!.clear(removed[axis]!, along: axis) }
      case .output(let position):
        expected[position] = expected[position].taking(kept(axis), along: axis.axis)
      }
    }
    // Numbers are quantised by a range that includes 0, which elements that are 0 do not change.
    if example.op == DynamicQuantizeLinear.name {
      expected = try example.run(masked, on: backend)
      for axis in removed.keys where axis.port == .output(0) {
        expected[0] = expected[0].taking(kept(axis), along: axis.axis)
      }
    }
    // A unit that is summed over shows in no output; removing it equals setting it to zero.
    if !removed.keys.contains(where: { if case .output = $0.port { true } else { false } }) {
      expected = try example.run(masked, on: backend)
    }
    let left = Dictionary(uniqueKeysWithValues: removed.keys.map { ($0, kept($0)) })
    let actual = try? example.run(sliced, of: inputs, keeping: left, on: backend)
    if unit.contains(where: { rule.normalized.contains($0.axis) }) {
      // A normalisation over fewer elements has other statistics; `NormalizationTests` of pruning tests its values.
      let isWhole = actual?.allSatisfy { $0.doubles()?.allSatisfy(\.isFinite) ?? true } ?? false
      #expect(isWhole && actual?.map(\.shape) == expected.map(\.shape), "without \(removed)")
      continue
    }
    let distance = zip(actual ?? [], expected).map { $0.distance(from: $1) }.max() ?? .infinity
    #expect(distance < 1e-6, "without \(removed) it makes \(String(describing: actual?.map(\.shape)))")
  }
  return count
}

extension AxisRule {
  /// The rule with each factor of its regroupings in turn that loses elements.
  fileprivate var choices: [AxisRule] {
    let most = regroupings.map(\.factors.count).max() ?? 1
    return (0..<max(most, 1)).map { turn in
      choosing(regroupings.map { $0.free(preferring: [min(turn, $0.factors.count - 1)]) })
    }
  }
}

extension Tensor {
  fileprivate mutating func clear(_ indices: Set<Int>, along axis: PortAxis) {
    let (stride, size, block) = (shape.strides[axis.axis], shape[axis.axis], count / axis.blocks)
    withMutableElements(as: Float.self) { elements in
      for i in elements.indices where indices.contains(i / block * (axis.blocks > 1 ? size : 0) + i / stride % size) {
        elements[i] = 0
      }
    }
  }
}

/// Rules of axes are true: removing tied elements of the inputs removes exactly those of the output.
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
    // These have no inputs with axes that could be free.
    let sources: Set<OperatorName> = [
      Constant.name, ShapeOf.name, SizeOf.name, ConstantOfShape.name, NumberRange.name, NonZero.name,
      EyeLike.name, HannWindow.name, HammingWindow.name, BlackmanWindow.name,
      Unique.name, NonMaxSuppression.name, AffineGrid.name,
    ]
    for op in OperatorRegistry.standard where !sources.contains(op.name) {
      #expect(tried[op.name, default: 0] > 0, "\(op.name) has no free axis in any case of OperatorCases")
    }
  }

  private func rule(_ example: OperatorCase) throws -> AxisRule {
    let feeds = example.inputs(seed: 1).mapValues { TensorType(of: $0) }
    return try #require(try TypeInference(example.graph, feeds: feeds).nodes[0].op.axes)
  }

  @Test func headsAreBlocksOfTheChannelsTheyAreSplitFrom() throws {
    let split = try rule(OperatorCase(Reshape.name, [.variable([2, 5, 12]), .constant([0, 0, -1, 4])]))
    let (whole, parts) = (PortAxis(.input(0), 2), (2...3).map { PortAxis(.output(0), $0) })
    let factors = [
      AxisFactor(size: 3, source: AxisDigit(whole, block: 4), target: AxisDigit(parts[0], block: 1)),
      AxisFactor(size: 4, source: AxisDigit(whole, block: 1), target: AxisDigit(parts[1], block: 1)),
    ]
    #expect(split.regroupings == [Regrouping(factors)])
    let chosen = split.choosing([[0]])
    #expect(chosen.factors == [factors[0]] && chosen.frozen.map(\.axis) == [parts[1]])
    #expect(split.choosing([[1]]).frozen.map(\.axis) == [parts[0]])
    let merged = try rule(OperatorCase(Flatten.name, of: [[2, 3, 2, 2]]))
    #expect(merged.regroupings.map { $0.factors.map(\.source.axis.axis) } == [[1, 2, 3]])
    #expect(merged.regroupings[0].factors.map(\.target.block) == [4, 2, 1])
  }

  @Test func severalAxesBecomeSeveralOfTheSameFactors() throws {
    // Samples and heads are merged: 2 x 20 to 8 x 5.
    let reshape = try rule(OperatorCase(Reshape.name, [.variable([2, 20]), .constant([8, 5])]))
    let factors = try #require(reshape.regroupings.first?.factors)
    #expect(factors.map(\.size) == [2, 4, 5])
    #expect(factors.map(\.source.axis.axis) == [0, 1, 1] && factors.map(\.target.axis.axis) == [0, 0, 1])
    // The first and the last share no axis and may both lose elements; the one between them may do so alone.
    #expect(reshape.regroupings[0].free(preferring: []) == [0, 2])
    #expect(reshape.regroupings[0].free(preferring: [1]) == [1])
    #expect(reshape.regroupings[0].frozenAxes(freeing: [1]) == [PortAxis(.input(0), 0), PortAxis(.output(0), 1)])
    // 4 x 6 to 3 x 8: no boundary of either side divides the other's.
    let odd = try rule(OperatorCase(Reshape.name, [.variable([4, 6]), .constant([3, 8])]))
    #expect(odd.regroupings == [] && odd.frozen.count == 4)
  }

  @Test func pickedElementsGoWithTheirOrigin() throws {
    let gather = try rule(OperatorCase(Gather.name, [.variable([2, 5]), .constant([3, -1, 0])], ["axis": .int(1)]))
    let selection = AxisSelection(PortAxis(.output(0), 1), PortAxis(.input(0), 1), elements: [3, 4, 0])
    #expect(gather.selections == [selection] && gather.frozen == [])
  }

  @Test func stridesGoAsAWhole() throws {
    func slice(_ size: Int, from start: Int64) throws -> AxisRule {
      let inputs: [Operand] = [
        .variable([2, size]), .constant([start]), .constant([Int64(size)]), .constant([1]), .constant([2]),
      ]
      return try rule(OperatorCase(Slice.name, inputs))
    }
    let tie = AxisTie(PortAxis(.output(0), 1), PortAxis(.input(0), 1), block: 2)
    #expect(try slice(6, from: 0).ties.contains(tie) && slice(6, from: 1).ties.contains(tie))
    #expect(try slice(5, from: 0).frozen.map(\.axis.axis) == [1, 1])
  }

  @Test func shapesFollowWhatIsLeft() throws {
    func shape(_ shape: Shape, _ asked: [Int64], _ kept: [PortAxis: [Int]]) throws -> Shape {
      let example = OperatorCase(Reshape.name, [.variable(shape), .constant(asked)])
      let dense = example.inputs(seed: 1)
      var small = dense
      for (axis, left) in kept where axis.port == .input(0) {
        small["x0"] = small["x0"]!.taking(left, along: axis.axis)
      }
      return try example.run(small, of: dense, keeping: kept, on: ReferenceBackend())[0].shape
    }
    let (merged, heads) = (PortAxis(.input(0), 1), PortAxis(.output(0), 1))
    #expect(try shape([2, 12], [2, 3, 4], [merged: [0, 1, 2, 3, 8, 9, 10, 11], heads: [0, 2]]) == [2, 2, 4])
    #expect(
      try shape([2, 12], [0, 3, -1], [merged: [1, 2, 5, 6, 9, 10], PortAxis(.output(0), 2): [1, 2]]) == [2, 3, 2])
    let constant = OperatorCase(ConstantOfShape.name, [.constant([2, 3])])
    let left = try constant.run([:], of: [:], keeping: [PortAxis(.output(0), 1): [0, 2]], on: ReferenceBackend())
    #expect(left[0].shape == [2, 2])
  }

  @Test func groupsOfChannelsStayOfEqualSize() throws {
    let grouped = try rule(OperatorCase(Conv.name, of: [[1, 6, 2, 2], [4, 3, 1, 1], [4]], ["group": .int(2)]))
    #expect(
      grouped.balanced == [
        BalancedAxis(PortAxis(.input(0), 1), parts: 2), BalancedAxis(PortAxis(.input(1), 0), parts: 2),
      ])
    #expect(grouped.contractions.map(\.groups) == [2])
    #expect(grouped.ties.contains(AxisTie(PortAxis(.input(0), 1), PortAxis(.input(1), 1, blocks: 2))))
    let depthwise = try rule(OperatorCase(Conv.name, of: [[1, 3, 2, 2], [6, 1, 1, 1]], ["group": .int(3)]))
    #expect(depthwise.balanced == [] && depthwise.contractions == [])
    let single = try rule(OperatorCase(Conv.name, of: [[1, 1, 2, 2], [1, 1, 1, 1]], ["group": .int(1)]))
    #expect(single.contractions.count == 1)
  }

  @Test func gatesAreNoBranches() throws {
    func couples(_ op: OperatorName, _ second: Shape) throws -> Bool {
      try rule(OperatorCase(op, of: [[2, 3, 4, 4], second])).couplesBranches
    }
    #expect(try !couples(Multiply.name, [2, 3, 1, 1]) && !couples(Divide.name, [2, 3, 1, 1]))
    #expect(try !couples(Multiply.name, [2, 3, 4, 4]) && couples(Add.name, [2, 3, 1, 1]))
  }

  @Test func aConstantNodeKeepsItsElements() throws {
    let node = Node(
      Constant.name, [], ["y"], ["value": .tensor(Tensor(shape: [2, 2], [Float](repeating: 1, count: 4)))])
    let typed = try TypeInference(Graph(nodes: [node]), feeds: [:]).nodes[0]
    #expect(typed.op.axes?.frozen.map(\.axis) == [PortAxis(.output(0), 0), PortAxis(.output(0), 1)])
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
    let typed = try TypeInference(graph, feeds: ["x": TensorType([2, 3])]).nodes[0]
    #expect(typed.op.axes?.couplesBranches == false)
  }
}
