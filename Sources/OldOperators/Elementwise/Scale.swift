import Graph

/// A tensor times the attribute `factor`; used by derivatives.
public enum Scale: Operator {
  /// `espalier::Scale`.
  public static let name: OperatorName = .own("Scale")

  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] { [try invocation.floatInput(0)] }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let factor = try invocation.float("factor", default: 1)
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      for i in 0..<target.count { target[i] = factor * source[i] }
    }
  }

  /// `dX = factor dY`.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let attributes = gradients.invocation.node.attributes
    gradients.set(gradients.add(name, [gradients.outputGradient], attributes), forInput: 0)
  }
}
