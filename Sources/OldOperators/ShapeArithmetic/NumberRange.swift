import Graph
import Tensors

/// The numbers `start`, `start + delta`, ... before `limit`, its three inputs, which must be known before the network runs.
public enum NumberRange: Operator {
  /// `Range`.
  public static let name: OperatorName = "Range"

  /// Start, limit and delta.
  private static func bounds(_ invocation: Invocation) throws -> [Double] {
    _ = try invocation.numericInputs()
    return try (0..<3).map { position in
      _ = try invocation.input(position)
      guard let value = invocation.constants[position]?.doubles() else {
        throw invocation.error(
          "input \"\(invocation.node.inputs[position])\" is computed by the network from its data",
          remedy: "only shapes that are known before the network runs are supported")
      }
      guard value.count == 1 else { throw invocation.error("takes numbers, not tensors") }
      return value[0]
    }
  }

  /// A vector of as many numbers as there are.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let bounds = try bounds(invocation)
    let count = ((bounds[1] - bounds[0]) / bounds[2]).rounded(.up)
    guard bounds[2] != 0, let count = Int(exactly: max(0, count)), Shape(checking: [count]) != nil else {
      throw invocation.error("cannot count from \(bounds[0]) to \(bounds[1]) by \(bounds[2])")
    }
    return [TensorType([count], try invocation.numericInputs().elementType)]
  }

  /// The numbers stay as they are.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? { .statesElements }

  /// One pass over the output.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    kernel(try bounds(invocation), try invocation.numericInputs().element)
  }

  private static func kernel<Element: Number>(_ bounds: [Double], _ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      let target = operands.outputs[0].elements(as: Element.self)
      for i in 0..<target.count { target[i] = Element(double: bounds[0] + Double(i) * bounds[2]) }
    }
  }
}
