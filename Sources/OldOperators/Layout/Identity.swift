import Graph

/// Nothing: `Y = X`.
public enum Identity: Operator {
  /// `Identity`.
  public static let name: OperatorName = "Identity"

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] { [try invocation.input(0)] }

  /// Each axis goes with itself.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    .identity(rank: try invocation.input(0).shape.rank)
  }

  /// No bytes move.
  public static var isView: Bool { true }

  /// A copy, for whoever runs the operator outside of a plan.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel { CopyKernel() }

  /// `dX = dY`.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    gradients.set(gradients.outputGradient, forInput: 0)
  }
}
