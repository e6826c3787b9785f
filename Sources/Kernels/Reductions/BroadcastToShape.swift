import Execution
import Operators
import Tensors

extension BroadcastToShape: PlainOperator {
  /// One pass over the output.
  public func kernel(_ types: OperandTypes) -> any Kernel {
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
