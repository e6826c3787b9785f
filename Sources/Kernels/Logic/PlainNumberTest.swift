import EspalierExecution
import EspalierOperators
import EspalierTensors

/// A test of floating point numbers in plain Swift: the operator states the condition, and its kernel follows.
package protocol PlainNumberTest: NumberTest, PlainOperator {
  /// Whether `x` passes the test.
  func holds(_ x: Double) -> Bool
}

extension PlainNumberTest {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel { kernel(types.inputs[0]!.elementType.element) }

  private func kernel<Element: Number>(_ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      let source = operands.inputs[0]!.elements(as: Element.self)
      let target = operands.outputs[0].elements(as: Bool.self)
      for i in 0..<target.count { target[i] = holds(source[i].double) }
    }
  }
}
