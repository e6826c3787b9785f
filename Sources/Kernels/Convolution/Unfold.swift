import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Unfold: PlainOperator {
  /// One pass over the output.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    // -1 stands for the padding: one comparison in the loop.
    let places = windows.positions.map { all in
      stride(from: 0, to: all.count, by: step).map { all[$0] ?? -1 }
    }
    let (samples, channels, size) = (samples, channels, windows.inputCount)
    let (taps, outputs) = (windows.kernelCount, windowCount)
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.floats.baseAddress!
      let target = operands.outputs[0].floats.baseAddress!
      for sample in 0..<samples {
        for channel in 0..<channels {
          let map = source + (sample * channels + channel) * size
          for tap in 0..<taps {
            var row = target + sample * outputs * channels * taps + channel * taps + tap
            for place in places[tap] {
              row.pointee = place < 0 ? 0 : map[place]
              row += channels * taps
            }
          }
        }
      }
    }
  }
}
