import Graph

/// Dropout as it acts in inference: `Y = X`.
///
/// The mask output and the training mode of operator set 12 are refused: a network that is pruned is not being regularised.
public enum Dropout: Operator {
  /// `Dropout`.
  public static let name: OperatorName = "Dropout"

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    if invocation.has(input: 2) {
      guard let training = invocation.constants[2]?.integers(), training == [0] else {
        throw invocation.error("runs in training mode", remedy: "export the model in evaluation mode")
      }
    }
    return [try invocation.input(0)]
  }

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
