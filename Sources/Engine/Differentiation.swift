import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// A graph extended with the computation of gradients: reverse-mode differentiation, as additional nodes.
///
/// For a value `y` and values `x_1 .. x_k` (inputs, parameters or intermediate activations), the added nodes compute
/// `dx_j = sum over elements of dy * (partial y / partial x_j)`, where the seed `dy` is 1 for a scalar `y` and an
/// additional input of `y`'s shape otherwise. Each operator states its own derivative; one that repeats a step along a
/// sequence (`SteppedOperator`) is written out first. Derivatives that no `x_j` needs are not computed. Integers, truth
/// values, and values that follow from shapes alone have the derivative zero, so that operators on such values need
/// none.
package struct Differentiation: Sendable {
  /// The graph with the nodes of the derivative after its own.
  package let graph: Graph
  /// The name of the gradient of each variable.
  package let gradients: [String: String]
  /// The name of the input for `dy`; `nil` if `y` is a scalar and the seed is 1.
  package let seed: String?

  /// Differentiates `value` with respect to `variables`.
  ///
  /// - Parameters:
  ///   - feeds: The types of the graph's inputs, which determine the axes that are broadcast.
  /// - Throws: `EspalierError` if a variable does not exist, `value` does not depend on it, or an operator between them
  ///   has no derivative.
  /// - Complexity: O(nodes).
  package init(
    of value: String, in graph: Graph, withRespectTo variables: [String], feeds: [String: TensorType]
  ) throws(EspalierError) {
    var graph = try graph.expandingComposites(feeds: feeds)
    var inference = try TypeInference(graph, feeds: feeds, variables: Set(variables))
    var active = Self.dependents(on: variables, inference)
    if let written = try graph.writingSteps(inference, of: { $0.inputs.contains(where: active.contains) }) {
      graph = written
      inference = try TypeInference(graph, feeds: feeds, variables: Set(variables))
      active = Self.dependents(on: variables, inference)
    }
    guard let type = inference.types[value] else {
      throw EspalierError(.model, "value \"\(value)\"", "does not exist in the graph, so it has no gradient")
    }
    guard type.elementType == .float32 else {
      throw EspalierError(.model, "value \"\(value)\"", "is of \(type.elementType), so it has no gradient")
    }
    let seedName = "gradient of \(value)"
    var tape = Tape(GraphBuilder(graph, prefix: seedName), active: active)
    if type.shape.elementCount == 1 {
      seed = nil
      tape.contributions[value] = [tape.builder.store(Tensor(repeating: Float(1), shape: type.shape), as: seedName)]
    } else {
      let name = tape.builder.declareInput(ValueInfo(seedName, .float32, type.shape.map { .fixed($0) }))
      seed = name
      tape.contributions[value] = [name]
    }
    for node in inference.nodes.reversed() { try tape.differentiate(node) }

    var gradients: [String: String] = [:]
    for variable in variables {
      guard let gradient = tape.gradient(of: variable) else {
        throw EspalierError(.model, "value \"\(variable)\"", "\"\(value)\" does not depend on it")
      }
      gradients[variable] = gradient
    }
    self.gradients = gradients
    self.graph = tape.builder.graph
  }

  /// The variables and all values that change continuously with them.
  private static func dependents(on variables: [String], _ inference: TypeInference) -> Set<String> {
    var dependents = Set(variables)
    for typed in inference.nodes where typed.node.inputs.contains(where: dependents.contains) {
      for (output, type) in zip(typed.node.outputs, typed.outputs)
      where type.elementType.isFloatingPoint && inference.constants[output] == nil { dependents.insert(output) }
    }
    dependents.remove("")
    return dependents
  }
}

/// The state of the backward pass: for each value, the gradients contributed by the nodes that read it.
private struct Tape {
  /// The graph with the nodes added so far.
  var builder: GraphBuilder
  /// Values that depend on a variable.
  let active: Set<String>
  /// For each value, the contributions whose sum is its gradient.
  var contributions: [String: [String]] = [:]

  init(_ builder: GraphBuilder, active: Set<String>) {
    self.builder = builder
    self.active = active
  }

  mutating func differentiate(_ typed: TypedNode) throws(EspalierError) {
    let node = typed.node
    // A node that computes a variable and depends on no other needs no derivative, and may not have one.
    guard node.inputs.contains(where: active.contains) else { return }
    let arriving = node.outputs.map { gradient(of: $0) }
    guard arriving.contains(where: { $0 != nil }) else { return }
    guard let op = typed.op as? any DifferentiableOperator else {
      throw typed.error("has no derivative", remedy: "train only what comes after it")
    }
    // Moved, not copied: the graph grows in place.
    var own = GraphBuilder()
    swap(&own, &builder)
    var gradients = GradientBuilder(
      typed, outputGradients: arriving, wanted: node.inputs.map(active.contains), with: own)
    own = GraphBuilder()
    op.differentiate(&gradients)
    if let refusal = gradients.refusal { throw refusal }
    builder = gradients.builder
    for (position, gradient) in gradients.inputGradients.sorted(by: { $0.key < $1.key })
    where gradients.wanted[position] {
      contributions[node.inputs[position], default: []].append(gradient)
    }
  }

  /// The name of the total gradient of `value`, the sum of its contributions; `nil` if there are none.
  mutating func gradient(of value: String) -> String? {
    guard let parts = contributions[value], var sum = parts.first else { return nil }
    for part in parts.dropFirst() { sum = builder.add(Add.name.inBodies, [sum, part]) }
    contributions[value] = [sum]
    return sum
  }
}
