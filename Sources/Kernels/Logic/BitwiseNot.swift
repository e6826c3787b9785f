import EspalierExecution
import EspalierOperators
import EspalierTensors

extension BitwiseNot: PlainOperator {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel { Self.kernel(input.elementType.element) }

  private static func kernel<Element: Number>(_ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: type)
      let target = operands.outputs[0].elements(as: type)
      for i in 0..<target.count { target[i] = Element(integer: ~source[i].integer) }
    }
  }
}
