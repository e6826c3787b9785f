import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierKernels
import EspalierOperators
import EspalierTensors

/// Runs nodes one after another, each on the values that those before it have made.
///
/// A plan knows all shapes and branches beforehand. Where these follow from data, as behind a `Loop` that ends on a
/// condition or a `NonZero`, nodes are parsed here with the values of their inputs, when these are there. Nothing is
/// fused or laid out, and each value has memory of its own.
package struct Interpreter {
  /// Operators with subgraphs, which have no meaning without the values that decide what they do.
  package static let controlFlow: Set<OperatorName> = ["If", "Loop", "Scan"]

  let backend: any Backend
  let opsets: [String: Int]
  /// The values so far, by name; those of outer graphs are seen in subgraphs.
  private(set) var values: [String: Tensor]
  /// For values that cannot be made, why.
  private(set) var faults: [String: EspalierError] = [:]

  /// Begins with these values.
  ///
  /// - Parameter opsets: The version of each operator set.
  package init(_ values: [String: Tensor], opsets: [String: Int], on backend: any Backend = Backends.standard) {
    (self.values, self.opsets, self.backend) = (values, opsets, backend)
  }

  /// Whether nodes of this operator can be run on values that are there.
  package static func runs(_ op: OperatorName) -> Bool { controlFlow.contains(op) || OperatorRegistry.find(op) != nil }

  /// Runs `nodes`, in order. Those that lack an input, or cannot be run, are left out with all that depends on them.
  package mutating func run(_ nodes: [Node]) {
    for node in nodes {
      // A branch that is not taken may read what could not be made.
      if let missing = node.inputs.first(where: { faults[$0] != nil }), let cause = faults[missing] {
        fail(node, cause)
        continue
      }
      do throws(EspalierError) {
        let results = try outputs(of: node)
        guard node.outputs.dropFirst(results.count).allSatisfy(\.isEmpty) else {
          throw EspalierError(
            .unsupported, "node \"\(node.label)\" (\(node.op))",
            "declares \(node.outputs.count) outputs, but only \(results.count) are supported")
        }
        for (name, result) in zip(node.outputs, results) where !name.isEmpty { values[name] = result }
      } catch {
        fail(node, error)
      }
    }
  }

  private mutating func fail(_ node: Node, _ error: EspalierError) {
    for output in node.outputs where !output.isEmpty { faults[output] = error }
  }

  /// The value called `name`.
  ///
  /// - Throws: `EspalierError` for which it could not be made.
  package func value(_ name: String) throws(EspalierError) -> Tensor {
    if let value = values[name] { return value }
    throw faults[name] ?? EspalierError(.model, "value \"\(name)\"", "is given no data, and no node makes it")
  }

  /// The input of `node` at `position`; `nil` if it is left out.
  func input(_ position: Int, of node: Node) throws(EspalierError) -> Tensor? {
    guard position < node.inputs.count, !node.inputs[position].isEmpty else { return nil }
    return try value(node.inputs[position])
  }

  private func outputs(of node: Node) throws(EspalierError) -> [Tensor] {
    switch node.op {
    case "If": return try branch(node)
    case "Loop": return try loop(node)
    case "Scan": return try scan(node)
    default: break
    }
    var inputs: [Tensor?] = []
    for position in node.inputs.indices { inputs.append(try input(position, of: node)) }
    let call = Invocation(
      node, opset: opsets[node.op.domain] ?? 0, inputs: inputs.map { $0.map(TensorType.init(of:)) }, constants: inputs)
    let typed = try OperatorRegistry.parse(call)
    if let known = typed.op.known { return known }
    for type in typed.outputs where Shape(checking: type.shape.sizes) == nil {
      throw typed.error("would make a value of \(type.shape) elements, more than any memory holds")
    }
    let bytes = typed.outputs.reduce(0) { $0 + Double($1.byteCount) }
    try SystemMemory.check(bytes, for: call.subject, remedy: "feed fewer samples at a time")
    let isPlain = backend.layout(typed).choice != .channelsLast && !(typed.op is any CompositeOperator)
    return isPlain
      ? try backend.kernel(typed, in: .plain).evaluate(inputs, giving: typed.outputs) : try planned(typed, inputs)
  }

  /// Runs a node whose kernel wants its operands in another order, or that stands for several, by a plan of its own.
  private func planned(_ typed: TypedNode, _ inputs: [Tensor?]) throws(EspalierError) -> [Tensor] {
    var feeds: [String: Tensor] = [:]
    for (name, tensor) in zip(typed.node.inputs, inputs) where !name.isEmpty { feeds[name] = tensor }
    let names = typed.node.outputs.filter { !$0.isEmpty }
    var graph = Graph(
      nodes: [typed.node],
      inputs: feeds.sorted { $0.key < $1.key }.map { name, tensor in
        ValueInfo(name, tensor.elementType, tensor.shape.map { .fixed($0) })
      }, outputs: names.map { ValueInfo($0) })
    for (domain, version) in opsets { graph.opsets[domain] = version }
    // What the shapes of the results follow from has to be known before a plan is made.
    for position in type(of: typed.op).inputsKnownBeforehand where position < typed.node.inputs.count {
      let name = typed.node.inputs[position]
      if let tensor = feeds.removeValue(forKey: name) { graph.constants[name] = tensor }
    }
    let values = try Session(Plan(graph, feeds: feeds.mapValues(TensorType.init(of:))), on: backend).run(feeds)
    return typed.node.outputs.map { values[$0] ?? Tensor(shape: [0], [Float]()) }
  }

  /// Runs a subgraph on `inputs`, which it names, and the values around it.
  ///
  /// - Throws: `EspalierError` for which one of its outputs could not be made.
  func run(_ graph: Graph, on inputs: [Tensor]) throws(EspalierError) -> [Tensor] {
    var inner = self
    for (name, tensor) in graph.constants { inner.set(name, tensor) }
    for (input, tensor) in zip(graph.inputs, inputs) { inner.set(input.name, tensor) }
    inner.run(graph.nodes)
    var results: [Tensor] = []
    for output in graph.outputs { results.append(try inner.value(output.name)) }
    return results
  }

  private mutating func set(_ name: String, _ tensor: Tensor) {
    values[name] = tensor
    faults[name] = nil
  }
}
