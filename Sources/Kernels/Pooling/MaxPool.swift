import EspalierExecution
import EspalierOperators
import EspalierTensors

extension MaxPool: PlainOperator {
  /// The larger of the two, and not-a-number if either is.
  @inline(__always)
  static func larger<Element: Number>(_ current: Element, _ next: Element) -> Element {
    next > current || next != next ? next : current
  }

  /// Tap by tap, the innermost loop along a row of windows.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    switch elementType {
    case .int8: kernel(of: Int8.self)
    case .uint8: kernel(of: UInt8.self)
    default: kernel(of: Float.self)
    }
  }

  private func kernel<Element: Number>(of type: Element.Type) -> any Kernel {
    if givesPositions { return positionKernel(of: type) }
    let windows = geometry.windows
    let planes = ChannelPlanes(geometry.result)
    let (runs, step, inputCount) = (windows.runs, windows.step, windows.inputCount)
    return FunctionKernel { operands in
      let x = operands.inputs[0]!.elements(as: type).baseAddress!
      operands.outputs[0].elements(as: type).update(repeating: .least)
      let y = operands.outputs[0].elements(as: type).baseAddress!
      for plane in 0..<planes.batch * planes.channels {
        for run in runs {
          let (inputs, outputs) = (x + plane * inputCount + run.input, y + plane * planes.size + run.output)
          for i in 0..<run.count { outputs[i] = Self.larger(outputs[i], inputs[i * step]) }
        }
      }
    }
  }
}

extension MaxPoolDerivative: PlainOperator {
  /// For each channel, finds the positions of the largest numbers, then makes one pass over `dY`.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let windows = geometry.windows
    let planes = ChannelPlanes(geometry.result)
    let (runs, step, inputCount) = (windows.runs, windows.step, windows.inputCount)
    return FunctionKernel { operands in
      operands.outputs[0].floats.update(repeating: 0)
      var places = [Int](repeating: 0, count: planes.size)
      for plane in 0..<planes.batch * planes.channels {
        let dY = operands.inputs[0]!.floats.baseAddress! + plane * planes.size
        let x = operands.inputs[1]!.floats.baseAddress! + plane * inputCount
        let dX = operands.outputs[0].floats.baseAddress! + plane * inputCount
        for i in places.indices { places[i] = -1 }
        for run in runs {
          for i in 0..<run.count {
            let (place, current) = (run.input + i * step, places[run.output + i])
            if current < 0 || x[place] > x[current] { places[run.output + i] = place }
          }
        }
        for (window, place) in places.enumerated() where place >= 0 { dX[place] += dY[window] }
      }
    }
  }
}
