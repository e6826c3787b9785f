import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The meaning of one node: its operator, with all that the node's attributes and the types of its inputs say, parsed once.
///
/// A conforming type reads and checks everything in ``init(_:)``; whatever exists afterwards is valid, so that its rules
/// do not throw. Kernels are elsewhere: meaning is enough to type, cut, cost and differentiate a network.
package protocol Operator: Sendable {
  /// The operator's name in a graph.
  static var name: OperatorName { get }

  /// The constant inputs that are parameters: counted and trained. All others are settings or statistics of data.
  static var parameterInputs: ParameterInputs { get }

  /// Whether the first output is the first input under another shape, so that no bytes need to move.
  static var isView: Bool { get }

  /// Whether each element of the output follows from those elements of the inputs, broadcast, that lie at the same place,
  /// whatever the shapes are: so that kernels may run on the operands in any order that is the same for all of them, and
  /// on parts of them.
  static var isElementwise: Bool { get }

  /// Where a node of this operator looks for the channels of its first input, told from the node alone.
  static func channelReading(_ node: Node) -> ChannelReading

  /// Parses a node.
  ///
  /// - Throws: `EspalierError` where the attributes are not what they must be, or the inputs do not fit the operator or each
  ///   other.
  init(_ call: Invocation) throws(EspalierError)

  /// The types of the outputs.
  var outputs: [TensorType] { get }

  /// How the axes of inputs and outputs depend on each other; `nil` if nothing is known, which freezes them all.
  var axes: AxisRule? { get }

  /// The cost of one run.
  var cost: Cost { get }

  /// What is certain of the signs of the outputs.
  var sign: Sign { get }

  /// The outputs, where they follow from what is known before the network runs, though not all inputs are: a stated value, the
  /// shape of an input; `nil` where the inputs must be known too.
  var known: [Tensor]? { get }

  /// Brings a node up to date when elements of its inputs and outputs are removed: where an attribute or a stored input repeats
  /// a size, it follows.
  ///
  /// Surgery asks it of each node in order, after it has shortened the graph's constants. A node that cannot be made to
  /// follow is refused with ``NodeResizing/refuse(_:remedy:)``.
  func resize(_ resizing: inout NodeResizing)
}

extension Operator {
  /// Most operators have none.
  package static var parameterInputs: ParameterInputs { .none }

  /// Most operators write new values.
  package static var isView: Bool { false }

  /// Most operators combine elements of several places.
  package static var isElementwise: Bool { false }

  /// Most operators do not say.
  package static func channelReading(_ node: Node) -> ChannelReading { .unknown }

  /// Nothing is known: all axes are frozen.
  package var axes: AxisRule? { nil }

  /// No multiplications.
  package var cost: Cost { Cost() }

  /// Nothing is certain.
  package var sign: Sign { .unknown }

  /// Most operators need their inputs.
  package var known: [Tensor]? { nil }

  /// Most operators read all sizes off their inputs.
  package func resize(_ resizing: inout NodeResizing) {}
}

/// An operator with a derivative.
package protocol DifferentiableOperator: Operator {
  /// Adds to a graph the nodes that compute the gradients of the inputs from those of the outputs.
  ///
  /// Where this node has none after all, for an input that is asked for, it says so with
  /// ``GradientBuilder/refuse(_:remedy:)``.
  func differentiate(_ gradients: inout GradientBuilder)
}
