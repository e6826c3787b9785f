import Execution
import Operators

// Stand-ins for kernels of other families; deleted when those are there.

extension Relu: PlainOperator {
  public func kernel(_ types: OperandTypes) -> any Kernel { FunctionKernel { _ in } }
}

extension Tanh: PlainOperator {
  public func kernel(_ types: OperandTypes) -> any Kernel { FunctionKernel { _ in } }
}

extension Gelu: PlainOperator {
  public func kernel(_ types: OperandTypes) -> any Kernel { FunctionKernel { _ in } }
}

enum Maximum {
  static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { a < b || b != b ? b : a }
}

enum Minimum {
  static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { b < a || b != b ? b : a }
}
