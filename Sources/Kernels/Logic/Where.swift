import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Where: PlainOperator {
  /// One plain loop.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let loop = Broadcasting.loop(types)
    switch elementWidth {
    case 1: return choose(loop, UInt8.self)
    case 2: return choose(loop, UInt16.self)
    case 4: return choose(loop, UInt32.self)
    default: return choose(loop, UInt64.self)
    }
  }

  private func choose<Element: TensorElement>(_ loop: StridedLoop, _ type: Element.Type) -> any Kernel {
    let steps = (loop.step(0), loop.step(1), loop.step(2))
    return FunctionKernel { operands in
      let condition = operands.inputs[0]!.elements(as: Bool.self).baseAddress!
      let x = operands.inputs[1]!.elements(as: Element.self).baseAddress!
      let y = operands.inputs[2]!.elements(as: Element.self).baseAddress!
      let target = operands.outputs[0].elements(as: Element.self).baseAddress!
      loop.forEachRun { start, count, offsets in
        let (condition, x, y) = (condition + offsets[0], x + offsets[1], y + offsets[2])
        for i in 0..<count { target[start + i] = condition[i * steps.0] ? x[i * steps.1] : y[i * steps.2] }
      }
    }
  }
}
