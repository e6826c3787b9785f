import Files
import Graph
import Tensors

/// An operator that is a function of others, as attention is of products and a softmax: it states its body, and is run and
/// differentiated as that.
///
/// A graph keeps such a node whole, so that it is read, pruned and written as one; ``Graph/expandingComposites(_:)`` puts the bodies
/// in where a graph is compiled or differentiated, when shapes are known. What the operator adds is how its axes depend on each
/// other, and which attributes repeat sizes.
public protocol CompositeOperator: Operator {
  /// Writes the operator as nodes, for the shapes of the invocation.
  ///
  /// - Throws: `DataError` if the inputs do not fit the operator or each other.
  static func write(_ body: inout BodyBuilder) throws
}

extension CompositeOperator {
  /// The types that the body makes.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    try Body(invocation, of: self).outputs
  }

  /// What the nodes of the body cost together.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    let steps = try Body(invocation, of: self).inference.invocations
    return Cost(macs: try steps.reduce(0) { try $0 + (OperatorRegistry.find($1.node.op)?.cost($1).macs ?? 0) })
  }

  /// The nodes of the body, one after another, each on memory of its own.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let body = try Body(invocation, of: self)
    let kernels = try body.inference.invocations.map { step in
      guard let op = OperatorRegistry.find(step.node.op) else { throw step.error("is not supported") }
      return (step, try op.kernel(step))
    }
    return FunctionKernel { operands in
      var values: [String: Tensor] = body.graph.constants.reduce(into: [:]) { $0[$1.key] = $1.value }
      for (name, buffer) in zip(body.inputs, operands.inputs) where !name.isEmpty { values[name] = buffer?.tensor() }
      for (step, kernel) in kernels {
        let results = kernel.evaluate(step.node.inputs.map { values[$0] }, giving: step.outputs)
        for (name, result) in zip(step.node.outputs, results) { values[name] = result }
      }
      for (name, buffer) in zip(body.results, operands.outputs) {
        if let value = values[name] ?? body.inference.constants[name] { buffer.write(value) }
      }
    }
  }
}

/// The body of one composite node as a graph of its own.
private struct Body {
  let graph: Graph
  let inference: TypeInference
  /// What the operands are called in the graph; empty for one left out.
  let inputs: [String]
  /// What the results are called.
  let results: [String]
  let outputs: [TensorType]

  init(_ invocation: Invocation, of op: any CompositeOperator.Type) throws {
    let names = invocation.node.inputs.indices.map { invocation.has(input: $0) ? "operand \($0)" : "" }
    var builder = BodyBuilder(invocation, inputs: names, prefix: "body")
    try op.write(&builder)
    var graph = Graph(nodes: builder.nodes, opsets: ["": 17, "espalier": 1, "com.microsoft": 1])
    var feeds: [String: TensorType] = [:]
    for (name, tensor) in builder.constants { graph.constants[name] = tensor }
    for (position, name) in names.enumerated() where !name.isEmpty {
      if let constant = invocation.constants[position] {
        graph.constants[name] = constant
      } else {
        graph.inputs.append(ValueInfo(name))
        feeds[name] = invocation.inputs[position]
      }
    }
    do {
      self.graph = try graph.expandingComposites(feeds: feeds)
      inference = try TypeInference(self.graph, feeds: feeds)
    } catch let error as DataError {
      throw invocation.error(error.description)
    }
    let types = inference.types
    inputs = names
    results = builder.results
    outputs = try builder.results.map { name in
      guard let type = types[name] else { throw invocation.error("does not make all of its outputs") }
      return type
    }
  }
}
