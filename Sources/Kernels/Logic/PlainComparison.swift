import EspalierExecution
import EspalierOperators
import EspalierTensors

/// A comparison in plain Swift: the operator states the condition, and its kernel follows.
package protocol PlainComparison: Comparison, PlainOperator {
  /// Whether the comparison of `a` with `b` is true.
  static func holds<Element: Number>(_ a: Element, _ b: Element) -> Bool
}

extension PlainComparison {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    Self.kernel(Broadcasting.loop(types), types.inputs[0]!.elementType.element)
  }

  private static func kernel<Element: Number>(_ loop: StridedLoop, _ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      combine(operands, loop) { (a: Element, b: Element) -> Bool in holds(a, b) }
    }
  }
}
