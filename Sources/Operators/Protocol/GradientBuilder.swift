import Graph
import Tensors

/// What an operator's derivative is written with: adds nodes to a graph and says which value is the gradient of which input.
public struct GradientBuilder: NodeBuilder {
  /// The node that is differentiated, its types known.
  public let invocation: Invocation
  /// The gradients of its outputs; `nil` for an output that the differentiated value does not depend on.
  public let outputGradients: [String?]
  /// Whether the gradient of an input is wanted at all.
  public let wanted: [Bool]
  /// The nodes added.
  public internal(set) var nodes: [Node] = []
  /// The gradients of the inputs, where wanted and found.
  public private(set) var inputGradients: [Int: String] = [:]
  let prefix: String

  /// A builder whose values are called `prefix/0`, `prefix/1`, ...
  public init(_ invocation: Invocation, outputGradients: [String?], wanted: [Bool], prefix: String) {
    self.invocation = invocation
    self.outputGradients = outputGradients
    self.wanted = wanted
    self.prefix = prefix
  }

  /// The gradient of the first output, which must be there for the node to be differentiated at all.
  public var outputGradient: String { outputGradients[0] ?? "" }

  /// The name of the input at `position`.
  public func input(_ position: Int) -> String { invocation.node.inputs[position] }

  /// The name of the first output.
  public var output: String { invocation.node.outputs[0] }

  /// States that `gradient` is the gradient of the input at `position`; ignored where nobody wants it.
  public mutating func set(_ gradient: String, forInput position: Int) {
    inputGradients[position] = gradient
  }

  /// Whether the gradient of the input at `position` is wanted.
  public func wants(_ position: Int) -> Bool {
    position < wanted.count && wanted[position]
  }

  /// `value`, of the shape `from`, summed over the axes along which a tensor of `shape` was broadcast to make it.
  public mutating func sum(_ value: String, from: Shape, to shape: Shape) -> String {
    from == shape ? value : add(SumToShape.name, [value], ["shape": .ints(shape.map(Int64.init))])
  }
}
