import EspalierExecution
import EspalierOperators
import EspalierTensors
import Foundation

extension LRN: PlainOperator {
  /// Element by element.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (window, planes) = (window, ChannelPlanes(input.shape))
    return FunctionKernel { operands in
      let (x, y) = (operands.inputs[0]!.floats.baseAddress!, operands.outputs[0].floats.baseAddress!)
      planes.forEach { channel, start in
        for i in start..<start + planes.size { y[i] = x[i] * pow(window.sum(x, i, channel, planes), -window.beta) }
      }
    }
  }
}

extension LRNDerivative: PlainOperator {
  /// For each element of `dY`, adds to all elements of `dX` that it depends on.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (window, planes) = (window, ChannelPlanes(input.shape))
    return FunctionKernel { operands in
      let (dY, x) = (operands.inputs[0]!.floats.baseAddress!, operands.inputs[1]!.floats.baseAddress!)
      let dX = operands.outputs[0].floats.baseAddress!
      operands.outputs[0].floats.update(repeating: 0)
      planes.forEach { channel, start in
        for i in start..<start + planes.size {
          let sum = window.sum(x, i, channel, planes)
          let power = pow(sum, -window.beta)
          dX[i] += dY[i] * power
          let shared = 2 * window.alpha * window.beta / Float(window.size) * dY[i] * x[i] * power / sum
          for other in window.channels(around: channel, of: planes.channels) {
            let place = i + (other - channel) * planes.size
            dX[place] -= shared * x[place]
          }
        }
      }
    }
  }
}

extension ResponseWindow {
  /// The channels in the window around `channel`.
  fileprivate func channels(around channel: Int, of count: Int) -> Range<Int> {
    max(0, channel - (size - 1) / 2)..<min(count, channel + size / 2 + 1)
  }

  /// `s` at offset `place`, which belongs to `channel`.
  fileprivate func sum(_ x: UnsafePointer<Float>, _ place: Int, _ channel: Int, _ planes: ChannelPlanes) -> Float {
    var sum: Float = 0
    for other in channels(around: channel, of: planes.channels) {
      let value = x[place + (other - channel) * planes.size]
      sum += value * value
    }
    return bias + alpha / Float(size) * sum
  }
}
