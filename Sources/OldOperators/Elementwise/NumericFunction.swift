import Graph
import Tensors

/// A function of one number that has a meaning for numbers of every type, not only of single precision.
public protocol NumericFunction: UnaryOperator {
  /// `f(x)`.
  static func value<Element: Number>(of x: Element) -> Element
}

extension NumericFunction {
  /// `f(x)`.
  public func value(_ x: Float) -> Float { Self.value(of: x) }

  /// The input's type.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let input = try invocation.input(0)
    _ = (try Self(invocation), try invocation.number(input.elementType))
    return [input]
  }

  /// One plain loop.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let type = try invocation.input(0).elementType
    return type == .float32 ? kernel(Float.self) : kernel(try invocation.number(type))
  }

  private static func kernel<Element: Number>(_ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      for i in 0..<target.count { target[i] = value(of: source[i]) }
    }
  }
}
