import Files
import Graph
import Tensors

/// The types of all values of a graph, and the elements of those that are known before it runs.
public struct TypeInference: Sendable {
  /// The type of each value.
  public private(set) var types: [String: TensorType] = [:]
  /// The values whose elements are known: those stored in the graph, and those computed from them alone.
  public private(set) var constants: [String: Tensor] = [:]
  /// For each node, in order, all that is known of it.
  public private(set) var invocations: [Invocation] = []

  /// Infers the types that follow from the types of the graph's feeds.
  ///
  /// - Parameter variables: Constants whose elements will change between runs, so that nothing may be computed from them
  ///   beforehand: the parameters while a network is trained.
  /// - Throws: `DataError` that names the node whose operator is unknown or whose inputs do not fit.
  /// - Complexity: O(nodes), and the elements of the small values that are folded.
  public init(
    _ graph: Graph, feeds: [String: TensorType], variables: Set<String> = []
  ) throws {
    try self.init(graph, feeds: feeds, variables: variables, revising: nil)
  }

  /// Gives a node other constants, or changes it, before its outputs are inferred.
  typealias Revision = (_ position: Int, _ node: Invocation) throws -> (node: Node, constants: [String: Tensor])

  /// The same of a graph whose nodes are revised on the way; `invocations` hold them as they became.
  init(
    _ graph: Graph, feeds: [String: TensorType], variables: Set<String> = [], revising revision: Revision?
  ) throws {
    for (name, tensor) in graph.constants {
      types[name] = TensorType(of: tensor)
      if !variables.contains(name) { constants[name] = tensor }
    }
    for feed in graph.feeds {
      guard let type = feeds[feed.name] else { throw DataError("input \"\(feed.name)\"", "is given no data") }
      guard Shape(checking: type.shape.sizes) != nil else {
        throw DataError("input \"\(feed.name)\"", "would be \(type.shape), more than any memory holds")
      }
      types[feed.name] = type
    }
    for (position, node) in graph.nodes.enumerated() {
      let revised = try revision?(position, question(node, in: graph))
      for (name, tensor) in revised?.constants ?? [:] {
        (types[name], constants[name]) = (TensorType(of: tensor), tensor)
      }
      try infer(revised?.node ?? node, in: graph)
    }
  }

  private func question(_ node: Node, in graph: Graph) -> Invocation {
    Invocation(
      node, opset: graph.opsets[node.op.domain] ?? 0, inputs: node.inputs.map { $0.isEmpty ? nil : types[$0] },
      constants: node.inputs.map { $0.isEmpty ? nil : constants[$0] })
  }

  private mutating func infer(_ node: Node, in graph: Graph) throws {
    guard let op = OperatorRegistry.find(node.op) else {
      throw DataError(
        "node \"\(node.label)\"", "its operator \(node.op) is not supported",
        remedy: "docs/operators.md lists those that are")
    }
    let question = question(node, in: graph)
    let invocation = question.inferring(try op.infer(question))
    guard node.outputs.dropFirst(invocation.outputs.count).allSatisfy(\.isEmpty) else {
      throw invocation.error(
        "declares \(node.outputs.count) outputs, but only \(invocation.outputs.count) are supported")
    }
    for type in invocation.outputs where Shape(checking: type.shape.sizes) == nil {
      throw invocation.error("would make a value of \(type.shape) elements, more than any memory holds")
    }
    for (output, type) in zip(node.outputs, invocation.outputs) where !output.isEmpty { types[output] = type }
    invocations.append(invocation)
    try fold(op, invocation)
  }

  /// Largest value that is computed here rather than when the graph runs: enough for all shape arithmetic.
  private static let foldingLimit = 4096

  private mutating func fold(_ op: any Operator.Type, _ invocation: Invocation) throws {
    let node = invocation.node
    if let values = try op.known(invocation) {
      for (output, value) in zip(node.outputs, values) where !output.isEmpty { constants[output] = value }
      return
    }
    guard node.op.domain.isEmpty,
      invocation.outputs.allSatisfy({ $0.elementType != .string && $0.shape.elementCount <= Self.foldingLimit }),
      zip(node.inputs, invocation.constants).allSatisfy({ $0.isEmpty || $1 != nil }), !node.inputs.isEmpty
    else { return }
    let results = try op.kernel(invocation).evaluate(invocation.constants, giving: invocation.outputs)
    for (output, tensor) in zip(node.outputs, results) where !output.isEmpty { constants[output] = tensor }
  }
}

extension Kernel {
  /// Runs the kernel once on tensors, outside of any plan.
  public func evaluate(_ inputs: [Tensor?], giving outputs: [TensorType]) -> [Tensor] {
    var allocated: [UnsafeMutableRawPointer] = []
    defer { for address in allocated { address.deallocate() } }
    func buffer(_ type: TensorType) -> Buffer {
      let address = UnsafeMutableRawPointer.allocate(byteCount: max(type.byteCount, 1), alignment: 64)
      allocated.append(address)
      return Buffer(address: address, type: type)
    }
    let sources = inputs.map { tensor in
      tensor.map { tensor in
        let place = buffer(TensorType(of: tensor))
        place.write(tensor)
        return place
      }
    }
    let targets = outputs.map(buffer)
    run(Operands(inputs: sources, outputs: targets))
    return targets.map { $0.tensor() }
  }
}
