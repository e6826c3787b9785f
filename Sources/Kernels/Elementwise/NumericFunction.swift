import EspalierExecution
import EspalierOperators
import EspalierTensors

/// A function of one number that is defined for every numeric type, not only for single precision.
package protocol NumericFunction: PlainFunction {
  /// `f(x)`.
  static func value<Element: Number>(of x: Element) -> Element
}

extension NumericFunction {
  /// `f(x)`.
  package func value(_ x: Float) -> Float { Self.value(of: x) }

  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let type = types.outputs[0].elementType
    // Named explicitly, so that the compiler specialises the loop for it.
    return type == .float32 ? Self.kernel(Float.self) : Self.kernel(type.element)
  }

  private static func kernel<Element: Number>(_ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      for i in 0..<target.count { target[i] = value(of: source[i]) }
    }
  }
}
