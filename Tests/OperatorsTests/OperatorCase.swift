import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierInference
import EspalierKernels
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import OrderedCollections

/// One operand of a node under test.
enum Operand: Sendable {
  /// Random numbers, away from 0, that gradients are taken of.
  case variable(Shape)
  /// Random positive numbers, away from 0, that gradients are taken of.
  case positive(Shape)
  /// Numbers in random order that gradients are taken of, no two of one node nearer to each other than 0.1.
  case distinct(Shape)
  /// These numbers, that gradients are taken of.
  case given([Float])
  /// Positive random numbers that no gradient is taken of.
  case data(Shape)
  /// Random truth values.
  case truths(Shape)
  /// Random whole numbers from `-below` to `below - 1`.
  case indices(Shape, below: Int64)
  /// Random uint8 numbers below 8.
  case unsigned(Shape)
  /// Whole numbers stored in the graph.
  case constant([Int64])
  /// Whole numbers stored in the graph, in any shape.
  case stored(Shape, [Int64])
  /// Numbers stored in the graph.
  case numbers([Float])
  /// Truth values stored in the graph.
  case flags([Bool])
  /// Left out.
  case absent
}

/// A node with its operands: one example of an operator, for tests that treat all operators alike.
struct OperatorCase: Sendable, CustomStringConvertible {
  var op: OperatorName
  var operands: [Operand]
  var attributes: OrderedDictionary<String, Attribute>
  var opset: Int
  /// The names of the outputs: `y`, `y1`, ...
  var outputs: [String]

  init(
    _ op: OperatorName, _ operands: [Operand], _ attributes: OrderedDictionary<String, Attribute> = [:],
    opset: Int = 17, outputs: Int = 1
  ) {
    self.outputs = (0..<outputs).map { $0 == 0 ? "y" : "y\($0)" }
    self.op = op
    self.operands = operands
    self.attributes = attributes
    self.opset = opset
  }

  /// The same on operands that are all variables.
  init(
    _ op: OperatorName, of shapes: [Shape], _ attributes: OrderedDictionary<String, Attribute> = [:], opset: Int = 17
  ) {
    self.init(op, shapes.map { .variable($0) }, attributes, opset: opset)
  }

  var description: String {
    let text = operands.map { operand in
      switch operand {
      case .variable(let shape), .distinct(let shape), .positive(let shape), .data(let shape), .truths(let shape),
        .indices(let shape, _), .unsigned(let shape):
        "\(shape)"
      case .constant(let values), .stored(_, let values): "\(values)"
      case .numbers(let values), .given(let values): "\(values)"
      case .flags(let values): "\(values)"
      case .absent: "-"
      }
    }
    return "\(op)(\(text.joined(separator: ", "))) \(attributes.elements.map { "\($0.key): \($0.value)" }) \(opset)"
  }

  /// The name of the operand at `position`.
  func name(_ position: Int) -> String {
    if case .absent = operands[position] { "" } else { "x\(position)" }
  }

  /// A graph of the one node, whose output is `y`.
  var graph: Graph {
    var graph = Graph(
      nodes: [Node(op, name: "tested", operands.indices.map(name), outputs, attributes)],
      outputs: outputs.map { ValueInfo($0) }, opsets: ["": opset, "espalier": 1, "com.microsoft": 1])
    for (position, operand) in operands.enumerated() {
      switch operand {
      case .variable, .distinct, .positive, .given, .data: graph.inputs.append(ValueInfo(name(position)))
      case .truths: graph.inputs.append(ValueInfo(name(position), .bool))
      case .indices: graph.inputs.append(ValueInfo(name(position), .int64))
      case .unsigned: graph.inputs.append(ValueInfo(name(position), .uint8))
      case .stored(let shape, let values): graph.constants[name(position)] = Tensor(shape: shape, values)
      case .constant(let values): graph.constants[name(position)] = Tensor(shape: [values.count], values)
      case .numbers(let values): graph.constants[name(position)] = Tensor(shape: [values.count], values)
      case .flags(let values): graph.constants[name(position)] = Tensor(shape: [values.count], values)
      case .absent: break
      }
    }
    return graph
  }

  /// The operands that gradients are taken of.
  var variables: [String] {
    operands.indices.compactMap { position in
      switch operands[position] {
      case .variable, .distinct, .positive, .given: name(position)
      default: nil
      }
    }
  }

  /// Random values of all operands that are fed.
  func inputs(seed: UInt64) -> [String: Tensor] {
    var generator = SeededGenerator(seed: seed)
    var inputs: [String: Tensor] = [:]
    for (position, operand) in operands.enumerated() {
      switch operand {
      case .variable(let shape): inputs[name(position)] = .random(shape, &generator)
      case .positive(let shape):
        let values = Tensor.random(shape, &generator).elements(as: Float.self).map { abs($0) }
        inputs[name(position)] = Tensor(shape: shape, values)
      case .distinct(let shape):
        let values = generator.permutation(shape.elementCount).map { 0.4 * Float($0) + 0.1 * Float(position) - 1.15 }
        inputs[name(position)] = Tensor(shape: shape, values)
      case .given(let values): inputs[name(position)] = Tensor(shape: [values.count], values)
      case .truths(let shape):
        let values = (0..<shape.elementCount).map { _ in generator.next() & 1 == 0 }
        inputs[name(position)] = Tensor(shape: shape, values)
      case .data(let shape):
        let values = (0..<shape.elementCount).map { _ in Float(0.1 + generator.uniform()) }
        inputs[name(position)] = Tensor(shape: shape, values)
      case .indices(let shape, let bound):
        let values = (0..<shape.elementCount).map { _ in Int64(generator.next() % UInt64(2 * bound)) - bound }
        inputs[name(position)] = Tensor(shape: shape, values)
      case .unsigned(let shape):
        let values = (0..<shape.elementCount).map { _ in UInt8(generator.next() % 8) }
        inputs[name(position)] = Tensor(shape: shape, values)
      case .constant, .stored, .numbers, .flags, .absent: break
      }
    }
    return inputs
  }

  /// Runs the node on `inputs`.
  func run(_ inputs: [String: Tensor], on backend: any Backend) throws -> [Tensor] {
    try run(graph, inputs, on: backend)
  }

  /// Runs the node on `inputs` after it has been resized: of each axis of the `dense` inputs and of the outputs, only
  /// the elements in `kept` are left.
  func run(
    _ inputs: [String: Tensor], of dense: [String: Tensor], keeping kept: [PortAxis: [Int]], on backend: any Backend
  ) throws -> [Tensor] {
    let feeds = dense.mapValues { TensorType(of: $0) }
    let small = try graph.resizingNodes(
      feeds: inputs.mapValues { TensorType(of: $0) }, from: graph, denseFeeds: feeds, variants: feeds
    ) { value, axis in
      if let output = outputs.firstIndex(of: value) { return kept[PortAxis(.output(output), axis)] }
      return kept[PortAxis(.input(operands.indices.first { name($0) == value }!), axis)]
    }
    return try run(small, inputs, on: backend)
  }

  private func run(_ graph: Graph, _ inputs: [String: Tensor], on backend: any Backend) throws -> [Tensor] {
    let plan = try Plan(graph, feeds: inputs.mapValues { TensorType(of: $0) })
    let results = try Session(plan, on: backend).run(inputs)
    return outputs.map { results[$0]! }
  }
}

/// Runs the operator on `inputs`, of which `nil` is left out; whole numbers behind the first input are constants.
func run(
  _ op: OperatorName, _ inputs: [Tensor?], _ attributes: OrderedDictionary<String, Attribute> = [:], opset: Int = 17,
  on backend: any Backend = ReferenceBackend()
) throws -> Tensor {
  var graph = Graph(
    nodes: [Node(op, name: "tested", inputs.indices.map { inputs[$0] == nil ? "" : "x\($0)" }, ["y"], attributes)],
    outputs: [ValueInfo("y")], opsets: ["": opset, "espalier": 1, "com.microsoft": 1])
  var feeds: [String: Tensor] = [:]
  for (position, tensor) in inputs.enumerated() {
    guard let tensor else { continue }
    if position > 0, tensor.elementType == .int64 {
      graph.constants["x\(position)"] = tensor
    } else {
      graph.inputs.append(ValueInfo("x\(position)", tensor.elementType))
      feeds["x\(position)"] = tensor
    }
  }
  let plan = try Plan(graph, feeds: feeds.mapValues { TensorType(of: $0) })
  return try Session(plan, on: backend).run(feeds)["y"]!
}
