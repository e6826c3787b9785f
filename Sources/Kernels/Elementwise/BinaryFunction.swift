import EspalierExecution
import EspalierOperators
import EspalierTensors

/// A function of two numbers of one type in plain Swift: the operator states `f`, and its kernel follows.
package protocol BinaryFunction: BinaryOperator, PlainOperator {
  /// `f(a, b)`.
  static func value<Element: Number>(_ a: Element, _ b: Element) -> Element
}

extension BinaryFunction {
  /// One plain loop, specialised for operands that are contiguous or constant along the innermost axis.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (loop, type) = (Broadcasting.loop(types), types.outputs[0].elementType)
    // Named explicitly, so that the compiler specialises the loop for it.
    return type == .float32 ? Self.kernel(loop, Float.self) : Self.kernel(loop, type.element)
  }

  private static func kernel<Element: Number>(_ loop: StridedLoop, _ type: Element.Type) -> any Kernel {
    // The loop names `value` itself: handed over as a function, it would be called for every element.
    FunctionKernel { operands in
      let (stepA, stepB) = (loop.step(0), loop.step(1))
      let a = operands.inputs[0]!.elements(as: type).baseAddress!
      let b = operands.inputs[1]!.elements(as: type).baseAddress!
      let y = operands.outputs[0].elements(as: type).baseAddress!
      loop.forEachRun { start, count, offsets in
        let (a, b, y) = (a + offsets[0], b + offsets[1], y + start)
        switch (stepA, stepB) {
        case (1, 1): for i in 0..<count { y[i] = value(a[i], b[i]) }
        case (1, 0): for i in 0..<count { y[i] = value(a[i], b[0]) }
        default: for i in 0..<count { y[i] = value(a[i * stepA], b[i * stepB]) }
        }
      }
    }
  }
}

/// Combines two operands element by element by a function that is called for every element.
func combine<First: TensorElement, Second: TensorElement, Result: TensorElement>(
  _ operands: Operands, _ loop: StridedLoop, _ value: (First, Second) -> Result
) {
  let (stepA, stepB) = (loop.step(0), loop.step(1))
  let a = operands.inputs[0]!.elements(as: First.self).baseAddress!
  let b = operands.inputs[1]!.elements(as: Second.self).baseAddress!
  let y = operands.outputs[0].elements(as: Result.self).baseAddress!
  loop.forEachRun { start, count, offsets in
    let (a, b, y) = (a + offsets[0], b + offsets[1], y + start)
    switch (stepA, stepB) {
    case (1, 1): for i in 0..<count { y[i] = value(a[i], b[i]) }
    case (1, 0): for i in 0..<count { y[i] = value(a[i], b[0]) }
    default: for i in 0..<count { y[i] = value(a[i * stepA], b[i * stepB]) }
    }
  }
}
