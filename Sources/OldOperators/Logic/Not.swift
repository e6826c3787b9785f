import Graph
import Tensors

/// The other truth value, element by element.
public enum Not: Operator {
  /// `Not`.
  public static let name: OperatorName = "Not"

  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] { [try invocation.truthInput(0)] }

  /// Each axis goes with itself.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    .identity(rank: try invocation.input(0).shape.rank)
  }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: Bool.self)
      let target = operands.outputs[0].elements(as: Bool.self)
      for i in 0..<target.count { target[i] = !source[i] }
    }
  }
}
