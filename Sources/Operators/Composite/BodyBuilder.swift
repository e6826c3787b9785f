import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections

/// Builds the body of a composite operator: adds nodes, each parsed as it is added, and states which values are the
/// results.
///
/// Bodies use one fixed operator set (``OperatorRegistry/bodyOpset``), whatever set the model is written in. The error
/// of a node that does not fit is recorded, and thrown by ``Body/init(_:_:)``.
package struct BodyBuilder {
  /// The composite node.
  package let call: Invocation
  /// The names of the operands; an empty name for an omitted one.
  let operands: [String]
  /// The nodes added.
  private(set) var nodes: [TypedNode] = []
  private var builder = GraphBuilder(prefix: "step")
  /// The values stored with the nodes.
  var constants: OrderedDictionary<String, Tensor> { builder.graph.constants }
  /// The results, in the order of the operator's outputs.
  private(set) var results: [String] = []
  /// The first error.
  private(set) var fault: EspalierError?
  private(set) var types: [String: TensorType] = [:]
  private var known: [String: Tensor] = [:]

  init(_ call: Invocation) {
    self.call = call
    operands = call.inputs.indices.map { call.has(input: $0) ? "operand \($0)" : "" }
    for (position, name) in operands.enumerated() where !name.isEmpty {
      types[name] = call.inputs[position]
      known[name] = call.constants[position]
    }
  }

  /// The name of the input at `position`; `nil` if it is omitted.
  package func input(_ position: Int) -> String? {
    call.has(input: position) ? operands[position] : nil
  }

  /// The name of the input at `position`, which must be present.
  ///
  /// - Throws: `EspalierError` if it is omitted.
  package func required(_ position: Int) throws(EspalierError) -> String {
    _ = try call.input(position)
    return operands[position]
  }

  /// Stores a value and returns its name.
  package mutating func store(_ tensor: Tensor) -> String {
    let name = builder.store(tensor)
    types[name] = TensorType(of: tensor)
    known[name] = tensor
    return name
  }

  /// Adds a node with one output and returns that output's name.
  package mutating func add(
    _ op: OperatorName, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:]
  ) -> String {
    add(op, inputs, attributes, outputs: 1)[0]
  }

  /// Adds a node with `count` outputs and returns their names.
  package mutating func add(
    _ op: OperatorName, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:], outputs count: Int
  ) -> [String] {
    let values = builder.add(op.inBodies, inputs, attributes, outputs: count)
    guard fault == nil, let node = builder.graph.nodes.last else { return values }
    let call = Invocation(
      node, opset: OperatorRegistry.bodyOpset, inputs: inputs.map { types[$0] }, constants: inputs.map { known[$0] })
    do throws(EspalierError) {
      let typed = try OperatorRegistry.parse(call)
      nodes.append(typed)
      for (value, type) in zip(values, typed.outputs) { types[value] = type }
    } catch {
      fault = error
    }
    return values
  }

  /// States the results.
  package mutating func finish(_ results: [String]) { self.results = results }
}

extension BodyBuilder {
  /// `value` reshaped to `shape`.
  package mutating func reshape(_ value: String, to shape: Shape) -> String {
    add(View.name, [value], ["shape": .ints(shape.map(Int64.init))])
  }

  /// `value` with its axes in another order.
  package mutating func transpose(_ value: String, _ order: [Int]) -> String {
    add(Transpose.name, [value], ["perm": .ints(order.map(Int64.init))])
  }

  /// `value` as single precision numbers.
  package mutating func floats(_ value: String) -> String { add(Cast.name, [value], ["to": .int(1)]) }
}
