import EspalierExecution
import EspalierOperators
import EspalierTensors

extension GlobalMaxPool: PlainOperator {
  /// One pass.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let planes = ChannelPlanes(source)
    return FunctionKernel { operands in
      let x = operands.inputs[0]!.floats.baseAddress!
      let y = operands.outputs[0].floats.baseAddress!
      for plane in 0..<planes.batch * planes.channels {
        var largest = -Float.infinity
        for i in plane * planes.size..<(plane + 1) * planes.size { largest = MaxPool.larger(largest, x[i]) }
        y[plane] = largest
      }
    }
  }
}
