import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections

/// Writes an operator's derivative: adds nodes to a graph and states which value is the gradient of which input.
package struct GradientBuilder {
  /// The node that is differentiated.
  package let node: TypedNode
  /// The gradients of its outputs; `nil` for an output that the differentiated value does not depend on.
  package let outputGradients: [String?]
  /// Whether the gradient of an input is wanted at all.
  package let wanted: [Bool]
  /// The gradients of the inputs, where wanted and found.
  package private(set) var inputGradients: [Int: String] = [:]
  /// Why there is no derivative, where there is none.
  package private(set) var refusal: EspalierError?
  /// The graph that the derivative is written into.
  package private(set) var builder: GraphBuilder

  /// Writes the derivative of `node` with `builder`.
  package init(_ node: TypedNode, outputGradients: [String?], wanted: [Bool], with builder: consuming GraphBuilder) {
    self.node = node
    self.builder = builder
    self.outputGradients = outputGradients
    self.wanted = wanted
  }

  /// The gradient of the first output, which must be there for the node to be differentiated at all.
  package var outputGradient: String { outputGradients[0] ?? "" }

  /// The name of the input at `position`.
  package func input(_ position: Int) -> String { node.node.inputs[position] }

  /// The name of the first output.
  package var output: String { node.node.outputs[0] }

  /// The shape of the input at `position`, which is there.
  package func inputShape(_ position: Int) -> Shape { node.inputs[position]?.shape ?? [] }

  /// The attributes of the node.
  package var attributes: OrderedDictionary<String, Attribute> { node.node.attributes }

  /// Whether the gradient of the input at `position` is wanted.
  package func wants(_ position: Int) -> Bool {
    position < wanted.count && wanted[position]
  }

  /// States that `gradient` is the gradient of the input at `position`; ignored where nobody wants it.
  package mutating func set(_ gradient: String, forInput position: Int) {
    inputGradients[position] = gradient
  }

  /// Says that there is no derivative, in words that follow the node's name.
  package mutating func refuse(_ fault: String, remedy: String? = nil) {
    refusal = refusal ?? node.error(fault, remedy: remedy)
  }

  /// Adds a node with one output and returns that output's name. Operators of the standard are those of
  /// ``OperatorRegistry/bodyOpset``.
  package mutating func add(
    _ op: OperatorName, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:]
  ) -> String {
    add(op, inputs, attributes, outputs: 1)[0]
  }

  /// Adds a node with `count` outputs and returns their names.
  package mutating func add(
    _ op: OperatorName, _ inputs: [String], _ attributes: OrderedDictionary<String, Attribute> = [:], outputs count: Int
  ) -> [String] {
    builder.add(op.inBodies, inputs, attributes, outputs: count)
  }

  /// `value` under another shape.
  package mutating func reshape(_ value: String, to shape: Shape) -> String {
    add(.own("View"), [value], ["shape": .ints(shape.map(Int64.init))])
  }

  /// `value`, of the shape `from`, summed over the axes along which a tensor of `shape` was broadcast to make it.
  package mutating func sum(_ value: String, from: Shape, to shape: Shape) -> String {
    from == shape ? value : add(.own("SumToShape"), [value], ["shape": .ints(shape.map(Int64.init))])
  }

  /// `value`, of the output's shape, summed over the axes along which the input at `position` was broadcast.
  package mutating func sumOverRepeats(_ value: String, ofInput position: Int) -> String {
    sum(value, from: node.outputs[0].shape, to: inputShape(position))
  }
}
