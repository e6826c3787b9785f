import EspalierExecution
import EspalierOperators
import EspalierTensors

extension BroadcastToShape: PlainOperator {
  /// One pass over the output.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let loop = Broadcasting.loop(types)
    let step = loop.step(0)
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.floats.baseAddress!
      let target = operands.outputs[0].floats.baseAddress!
      loop.forEachRun { start, count, offsets in
        for i in 0..<count { target[start + i] = factor * source[offsets[0] + i * step] }
      }
    }
  }
}
