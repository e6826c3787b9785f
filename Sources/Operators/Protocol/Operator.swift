import Graph
import Tensors

/// All that the project knows of one operator, in one place: how its output shapes follow from its inputs, how its axes
/// depend on each other, what it costs, how it runs and how it differentiates.
///
/// An operator has no state, so its rules are static. Adding one is one file that conforms a type to this protocol, and
/// one line in ``OperatorRegistry``.
public protocol Operator: Sendable {
  /// The operator's name in a graph.
  static var name: OperatorName { get }

  /// The types of the outputs.
  ///
  /// - Throws: `DataError` where the inputs do not fit the operator or each other.
  static func infer(_ invocation: Invocation) throws -> [TensorType]

  /// How the axes of inputs and outputs depend on each other; `nil` if nothing is known, which freezes them all.
  static func axes(_ invocation: Invocation) throws -> AxisRule?

  /// What one run costs.
  static func cost(_ invocation: Invocation) throws -> Cost

  /// Brings a node up to date when elements of its inputs and outputs are removed: where an attribute or a stored input repeats
  /// a size, it follows.
  ///
  /// Surgery asks it of each node in order, after it has shortened the graph's constants.
  ///
  /// - Throws: `DataError` if the node cannot be made to follow.
  static func resize(_ resizing: inout NodeResizing) throws

  /// The outputs, where they follow from what is known before the network runs, though not all inputs are: a stated value, the
  /// shape of an input; `nil` where the inputs must be known too.
  static func known(_ invocation: Invocation) throws -> [Tensor]?

  /// Which of the constants it reads are parameters: counted and trained. All others are settings or statistics of data.
  static var parameterInputs: ParameterInputs { get }

  /// Whether the first output is the first input under another shape, so that no bytes need to move.
  static var isView: Bool { get }

  /// Whether each element of the output follows from those elements of the inputs, broadcast, that lie at the same place, and
  /// the kernel reads no shapes but those of the operands: so that it may run on the operands in any order that is the same
  /// for all of them, and on parts of them.
  static var isElementwise: Bool { get }

  /// The operator in plain Swift, compiled for the shapes of `invocation`: obviously right, and the oracle of the others.
  static func kernel(_ invocation: Invocation) throws -> any Kernel

  /// Adds to a graph the nodes that compute the gradients of the inputs from those of the outputs.
  ///
  /// - Throws: `DataError` if the operator has no derivative.
  static func differentiate(_ gradients: inout GradientBuilder) throws
}

extension Operator {
  /// Nothing is known: all axes are frozen.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? { nil }

  /// No multiplications and no parameters of its own.
  public static func cost(_ invocation: Invocation) throws -> Cost { Cost() }

  /// Most operators read all sizes off their inputs.
  public static func resize(_ resizing: inout NodeResizing) throws {}

  /// Most operators need their inputs.
  public static func known(_ invocation: Invocation) throws -> [Tensor]? { nil }

  /// Most operators have none.
  public static var parameterInputs: ParameterInputs { .none }

  /// Most operators write new values.
  public static var isView: Bool { false }

  /// Most operators combine elements of several places.
  public static var isElementwise: Bool { false }

  /// Refuses: the operator has no derivative.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    throw gradients.invocation.error("has no derivative", remedy: "train only what comes after it")
  }
}
