import EspalierFiles
import EspalierGraph
import EspalierKernels
import EspalierOperators
import EspalierTensors

/// The types of all values of a graph, and the elements of those known before it runs.
package struct TypeInference: Sendable {
  /// The type of each value.
  package private(set) var types: [String: TensorType] = [:]
  /// The values whose elements are known: those stored in the graph, and those computed from them alone.
  package private(set) var constants: [String: Tensor] = [:]
  /// The nodes in order, parsed.
  package private(set) var nodes: [TypedNode] = []
  /// The multiply-accumulate operations of all nodes so far.
  private var macs = 0

  /// Infers all types from the types of the graph's feeds.
  ///
  /// - Parameter variables: Constants whose elements will change between runs, so that nothing is computed from them in
  ///   advance: the parameters during training.
  /// - Throws: `EspalierError` that names the node whose operator is unknown or whose inputs do not fit.
  /// - Complexity: O(nodes), plus the elements of the small values that are folded.
  package init(
    _ graph: Graph, feeds: [String: TensorType], variables: Set<String> = []
  ) throws(EspalierError) {
    try self.init(graph, feeds: feeds, variables: variables, revising: nil)
  }

  /// Replaces the known inputs of a node, or changes the node, before its outputs are inferred.
  typealias Revision = (_ position: Int, _ call: Invocation) throws(EspalierError) -> (
    node: Node, constants: [String: Tensor]
  )

  /// Infers the types of a graph whose nodes `revision` changes on the way; ``nodes`` holds the changed ones.
  init(
    _ graph: Graph, feeds: [String: TensorType], variables: Set<String> = [], revising revision: Revision?
  ) throws(EspalierError) {
    for (name, tensor) in graph.constants {
      types[name] = TensorType(of: tensor)
      if !variables.contains(name) { constants[name] = tensor }
    }
    for feed in graph.feeds {
      guard let type = feeds[feed.name] else {
        throw EspalierError(.model, "input \"\(feed.name)\"", "is given no data")
      }
      guard Shape(checking: type.shape.sizes) != nil else {
        throw EspalierError(.model, "input \"\(feed.name)\"", "would be \(type.shape), more than any memory holds")
      }
      types[feed.name] = type
    }
    for (position, node) in graph.nodes.enumerated() {
      let revised = try revision?(position, call(node, in: graph))
      for (name, tensor) in revised?.constants ?? [:] {
        (types[name], constants[name]) = (TensorType(of: tensor), tensor)
      }
      try infer(revised?.node ?? node, in: graph)
    }
  }

  /// The number of nodes, in order, whose inputs fit them.
  package static func nodesThatFit(_ graph: Graph, feeds: [String: TensorType]) -> Int {
    var last = 0
    _ = try? TypeInference(graph, feeds: feeds) { (position, call) throws(EspalierError) in
      last = position
      return (call.node, [:])
    }
    return last
  }

  /// The first node, in order, that asks for what is not supported, and the error; `nil` if there is none, or another
  /// fault comes first.
  package static func unsupportedNode(
    of graph: Graph, feeds: [String: TensorType]
  ) -> (node: Node, error: EspalierError)? {
    var last: Node?
    do throws(EspalierError) {
      _ = try TypeInference(graph, feeds: feeds) { (position, call) throws(EspalierError) in
        last = graph.nodes[position]
        return (call.node, [:])
      }
      return nil
    } catch {
      return error.kind == .unsupported ? last.map { ($0, error) } : nil
    }
  }

  private func call(_ node: Node, in graph: Graph) -> Invocation {
    let domain = node.op.domain
    let opset = domain == OperatorName.bodyDomain ? OperatorRegistry.bodyOpset : graph.opsets[domain] ?? 0
    return Invocation(
      node, opset: opset, inputs: node.inputs.map { $0.isEmpty ? nil : types[$0] },
      constants: node.inputs.map { $0.isEmpty ? nil : constants[$0] })
  }

  private mutating func infer(_ node: Node, in graph: Graph) throws(EspalierError) {
    let typed = try OperatorRegistry.parse(call(node, in: graph))
    guard node.outputs.dropFirst(typed.outputs.count).allSatisfy(\.isEmpty) else {
      throw typed.call.unsupported(
        "declares \(node.outputs.count) outputs, but only \(typed.outputs.count) are supported")
    }
    for type in typed.outputs where Shape(checking: type.shape.sizes) == nil {
      throw typed.error("would make a value of \(type.shape) elements, more than any memory holds")
    }
    // Later passes add up costs, which must not overflow.
    macs = Int.limitedSum([macs, typed.op.cost.macs])
    guard macs < Int.max / 8 else { throw typed.error("needs more multiplications than any machine can do") }
    for (output, type) in zip(node.outputs, typed.outputs) where !output.isEmpty { types[output] = type }
    nodes.append(typed)
    try fold(typed)
  }

  /// The largest value that is computed here rather than when the graph runs: enough for all shape arithmetic.
  private static let foldingLimit = 4096
  /// The largest number of elements that are read for one value computed here.
  private static let readingLimit = 1 << 20

  private mutating func fold(_ typed: TypedNode) throws(EspalierError) {
    let node = typed.node
    if let values = typed.op.known {
      for (output, value) in zip(node.outputs, values) where !output.isEmpty { constants[output] = value }
      return
    }
    guard node.op.outsideOfBodies.domain.isEmpty,
      typed.outputs.allSatisfy({ $0.elementType != .string && $0.shape.elementCount <= Self.foldingLimit }),
      zip(node.inputs, typed.constants).allSatisfy({ $0.isEmpty || $1 != nil }), !node.inputs.isEmpty,
      typed.constants.allSatisfy({ ($0?.count ?? 0) <= Self.readingLimit }), !(typed.op is any SlidingOperator),
      !(typed.op is any Pooling)
    else { return }
    let results = try ReferenceBackend.kernel(typed).evaluate(typed.constants, giving: typed.outputs)
    for (output, tensor) in zip(node.outputs, results) where !output.isEmpty { constants[output] = tensor }
  }
}
