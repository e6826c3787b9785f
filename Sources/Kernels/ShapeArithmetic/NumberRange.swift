import EspalierExecution
import EspalierOperators
import EspalierTensors

extension NumberRange: PlainOperator {
  /// One pass over the output.
  package func kernel(_ types: OperandTypes) -> any Kernel { kernel(types.outputs[0].elementType.element) }

  private func kernel<Element: Number>(_ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      let target = operands.outputs[0].elements(as: Element.self)
      for i in 0..<target.count { target[i] = Element(double: start + Double(i) * delta) }
    }
  }
}
