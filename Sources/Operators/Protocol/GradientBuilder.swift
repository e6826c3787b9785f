import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections

/// Builds an operator's derivative: adds nodes to a graph and states the gradient of each input.
package struct GradientBuilder {
  /// The node that is differentiated.
  package let node: TypedNode
  /// The gradients of its outputs; `nil` for an output on which the differentiated value does not depend.
  package let outputGradients: [String?]
  /// Whether each input's gradient is needed.
  package let wanted: [Bool]
  /// The gradients of the inputs that have been set.
  package private(set) var inputGradients: [Int: String] = [:]
  /// The error, if there is no derivative.
  package private(set) var refusal: EspalierError?
  /// The builder of the graph to which the derivative is added.
  package private(set) var builder: GraphBuilder

  /// Builds the derivative of `node` with `builder`.
  package init(_ node: TypedNode, outputGradients: [String?], wanted: [Bool], with builder: consuming GraphBuilder) {
    self.node = node
    self.builder = builder
    self.outputGradients = outputGradients
    self.wanted = wanted
  }

  /// The gradient of the first output, without which the node is not differentiated.
  package var outputGradient: String { outputGradients[0] ?? "" }

  /// The name of the input at `position`.
  package func input(_ position: Int) -> String { node.node.inputs[position] }

  /// The name of the first output.
  package var output: String { node.node.outputs[0] }

  /// The shape of the input at `position`, which must be present.
  package func inputShape(_ position: Int) -> Shape { node.inputs[position]?.shape ?? [] }

  /// The attributes of the node.
  package var attributes: OrderedDictionary<String, Attribute> { node.node.attributes }

  /// Whether the gradient of the input at `position` is needed.
  package func wants(_ position: Int) -> Bool {
    position < wanted.count && wanted[position]
  }

  /// States that `gradient` is the gradient of the input at `position`; ignored if it is not needed.
  package mutating func set(_ gradient: String, forInput position: Int) {
    inputGradients[position] = gradient
  }

  /// States that there is no derivative, in words that follow the node's name.
  package mutating func refuse(_ fault: String, remedy: String? = nil) {
    refusal = refusal ?? node.error(fault, remedy: remedy)
  }

  /// Adds a node with one output and returns that output's name. Standard operators are those of set
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

  /// `value` reshaped to `shape`.
  package mutating func reshape(_ value: String, to shape: Shape) -> String {
    add(View.name, [value], ["shape": .ints(shape.map(Int64.init))])
  }

  /// `value`, of shape `from`, summed over the axes along which a tensor of `shape` was broadcast to it.
  package mutating func sum(_ value: String, from: Shape, to shape: Shape) -> String {
    from == shape ? value : add(SumToShape.name, [value], ["shape": .ints(shape.map(Int64.init))])
  }

  /// `value`, of the output's shape, summed over the axes along which the input at `position` was broadcast.
  package mutating func sumOverRepeats(_ value: String, ofInput position: Int) -> String {
    sum(value, from: node.outputs[0].shape, to: inputShape(position))
  }
}
