import EspalierExecution
import EspalierOperators
import EspalierTensors

extension ExtremumDerivative: PlainOperator {
  /// One pass over the output.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let loop = Broadcasting.loop(types)
    return FunctionKernel { operands in
      let sources = operands.inputs.map { $0!.floats.baseAddress! }
      let target = operands.outputs[0].floats
      loop.forEachRun { start, count, offsets in
        for i in 0..<count {
          func element(_ operand: Int) -> Float { sources[operand][offsets[operand] + i * loop.step(operand)] }
          let y = element(1)
          let equal = (2..<sources.count).count { element($0) == y }
          target[start + i] = element(chosen) == y ? element(0) / Float(equal) : 0
        }
      }
    }
  }
}
