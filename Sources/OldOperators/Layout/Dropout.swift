import Graph
import Tensors

/// Dropout as it acts in inference: `Y = X`, and the second output, where it is asked for, says that all was kept.
///
/// The training mode of operator set 12 is refused: a network that is pruned is not being regularised.
public enum Dropout: Operator {
  /// `Dropout`.
  public static let name: OperatorName = "Dropout"

  /// The input's type; that of the second output is `bool` from operator set 10, before it is the input's.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    if invocation.has(input: 2) {
      guard let training = invocation.constants[2]?.integers(), training == [0] else {
        throw invocation.error("runs in training mode", remedy: "export the model in evaluation mode")
      }
    }
    let type = try invocation.input(0)
    guard invocation.node.outputs.count > 1 else { return [type] }
    return [type, TensorType(type.shape, invocation.opset < 10 ? type.elementType : .bool)]
  }

  /// Each axis goes with itself.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    var rule = AxisRule.identity(rank: try invocation.input(0).shape.rank)
    if invocation.outputs.count > 1 {
      rule.ties += rule.ties.map { AxisTie($0.from, PortAxis(.output(1), $0.to.axis)) }
    }
    return rule
  }

  /// No bytes of the first output move.
  public static var isView: Bool { true }

  /// A copy, for whoever runs the operator outside of a plan, and ones.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    guard invocation.outputs.count > 1 else { return CopyKernel() }
    let type = invocation.outputs[1]
    guard type.elementType == .bool || type.elementType == .float32 else {
      throw invocation.error("has a mask of \(type.elementType)")
    }
    let mask =
      type.elementType == .bool
      ? Tensor(repeating: true, shape: type.shape) : Tensor(repeating: Float(1), shape: type.shape)
    return FunctionKernel { operands in
      CopyKernel().run(operands)
      operands.outputs[1].write(mask)
    }
  }

  /// `dX = dY`.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    gradients.set(gradients.outputGradient, forInput: 0)
  }
}
