import EspalierExecution
import EspalierOperators
import EspalierTensors

extension GlobalAveragePool: PlainOperator {
  /// One pass.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let planes = ChannelPlanes(source)
    return FunctionKernel { operands in
      let x = operands.inputs[0]!.floats.baseAddress!
      let y = operands.outputs[0].floats.baseAddress!
      for plane in 0..<planes.batch * planes.channels {
        var sum = 0.0
        for i in plane * planes.size..<(plane + 1) * planes.size { sum += Double(x[i]) }
        y[plane] = Float(sum / Double(planes.size))
      }
    }
  }
}
