import EspalierExecution
import EspalierOperators
import EspalierTensors

/// A function of any number of operands in plain Swift: the operator states `f` for two, and its kernel folds it.
package protocol VariadicFunction: VariadicOperator, PlainOperator {
  /// `f(a, b)`.
  static func value<Element: Number>(_ a: Element, _ b: Element) -> Element
}

extension VariadicFunction {
  /// One plain loop for each operand.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let result = types.outputs[0]
    let loops = types.inputs.map {
      StridedLoop(result.shape, strides: [Broadcasting.strides(of: $0?.shape ?? [], in: result.shape)])
    }
    // Named explicitly, so that the compiler specialises the loop for it.
    return result.elementType == .float32
      ? Self.kernel(loops, Float.self) : Self.kernel(loops, result.elementType.element)
  }

  private static func kernel<Element: Number>(_ loops: [StridedLoop], _ type: Element.Type) -> any Kernel {
    FunctionKernel { operands in
      let y = operands.outputs[0].elements(as: Element.self).baseAddress!
      for (position, loop) in loops.enumerated() {
        let x = operands.inputs[position]!.elements(as: Element.self).baseAddress!
        let step = loop.step(0)
        loop.forEachRun { start, count, offsets in
          let (x, y) = (x + offsets[0], y + start)
          if position == 0 {
            for i in 0..<count { y[i] = x[i * step] }
          } else {
            for i in 0..<count { y[i] = value(y[i], x[i * step]) }
          }
        }
      }
    }
  }
}
