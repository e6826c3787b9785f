import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The meaning of one node: its operator with the node's attributes and the types of its inputs, parsed once.
///
/// A conforming type reads and checks everything in ``init(_:)``; every instance is valid, so its other members do not
/// throw. Kernels are defined elsewhere: the meaning suffices to infer types, prune, count operations and
/// differentiate.
package protocol Operator: Sendable {
  /// The operator's name in a graph.
  static var name: OperatorName { get }

  /// The constant inputs that are parameters: counted and trained. All others are settings or statistics of data.
  static var parameterInputs: ParameterInputs { get }

  /// Whether the first output shares the memory of the first input, with another shape.
  static var isView: Bool { get }

  /// Whether each element of the output depends only on the elements at the same position of the inputs, broadcast,
  /// whatever the shapes: kernels may then run in any memory order common to all operands, and on parts of them.
  static var isElementwise: Bool { get }

  /// The positions of inputs whose elements must be known before the network runs, because shapes or axes follow from
  /// them: those that a node reads when it is parsed. A node whose inputs there depend on data cannot be run.
  static var inputsKnownBeforehand: [Int] { get }

  /// Whether outputs depend on the elements of inputs, rather than on their shapes alone.
  static var readsElements: Bool { get }

  /// The axis along which a node of this operator expects the channels of its first input, determined from the node
  /// alone.
  static func channelReading(_ node: Node) -> ChannelReading

  /// Parses a node.
  ///
  /// - Throws: `EspalierError` if the attributes are invalid, or the inputs do not fit the operator or each other.
  init(_ call: Invocation) throws(EspalierError)

  /// The types of the outputs.
  var outputs: [TensorType] { get }

  /// The dependencies between the axes of inputs and outputs; `nil` if they are unknown, which freezes all axes.
  var axes: AxisRule? { get }

  /// The cost of one run.
  var cost: Cost { get }

  /// The known signs of the outputs.
  var sign: Sign { get }

  /// The outputs, if they are known before the network runs although not all inputs are: a stated value, the shape of
  /// an input; `nil` if they depend on the inputs' elements.
  var known: [Tensor]? { get }

  /// Adapts a node to inputs and outputs that have lost elements: an attribute or a stored input that repeats a size
  /// must change with it.
  ///
  /// Called for each node in order, after the graph's constants have been shortened. An operator rejects a node that
  /// cannot be adapted with ``NodeResizing/refuse(_:remedy:)``.
  func resize(_ resizing: inout NodeResizing)
}

extension Operator {
  /// No parameters by default.
  package static var parameterInputs: ParameterInputs { .none }

  /// Not a view by default.
  package static var isView: Bool { false }

  /// Not element-wise by default.
  package static var isElementwise: Bool { false }

  /// None by default.
  package static var inputsKnownBeforehand: [Int] { [] }

  /// They do by default.
  package static var readsElements: Bool { true }

  /// Unknown by default.
  package static func channelReading(_ node: Node) -> ChannelReading { .unknown }

  /// Unknown by default: all axes are frozen.
  package var axes: AxisRule? { nil }

  /// No multiplications by default.
  package var cost: Cost { Cost() }

  /// Unknown by default.
  package var sign: Sign { .unknown }

  /// Unknown by default.
  package var known: [Tensor]? { nil }

  /// Nothing to adapt by default: most operators read all sizes from their inputs.
  package func resize(_ resizing: inout NodeResizing) {}
}

/// An operator with a derivative.
package protocol DifferentiableOperator: Operator {
  /// Adds to a graph the nodes that compute the gradients of the inputs from those of the outputs.
  ///
  /// A node without a derivative for a requested input calls ``GradientBuilder/refuse(_:remedy:)``.
  func differentiate(_ gradients: inout GradientBuilder)
}
