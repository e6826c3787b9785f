import Graph
import Tensors

/// An operator that shows the elements of its first input under another shape: no bytes move.
public protocol ViewOperator: Operator {}

extension ViewOperator {
  /// No bytes move.
  public static var isView: Bool { true }

  /// A copy, for whoever runs the operator outside of a plan.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel { CopyKernel() }

  /// The gradient under the input's shape.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    gradients.set(
      gradients.reshape(gradients.outputGradient, to: try gradients.invocation.input(0).shape), forInput: 0)
  }
}

/// Copies the first input to the first output.
struct CopyKernel: Kernel {
  func run(_ operands: Operands) {
    let source = operands.inputs[0]!
    operands.outputs[0].address.copyMemory(from: source.address, byteCount: source.type.byteCount)
  }
}
