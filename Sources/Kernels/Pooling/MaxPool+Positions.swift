import EspalierExecution
import EspalierOperators
import EspalierTensors

extension MaxPool {
  /// The kernel that also gives positions: tap by tap, recording the position of the largest number so far.
  func positionKernel<Element: Number>(of type: Element.Type) -> any Kernel {
    let windows = geometry.windows
    let planes = ChannelPlanes(geometry.result)
    let (runs, step, inputCount) = (windows.runs, windows.step, windows.inputCount)
    let numbers = elementNumbers
    return FunctionKernel { operands in
      let (values, positions) = (operands.outputs[0].elements(as: type), operands.outputs[1].elements(as: Int64.self))
      values.update(repeating: .least)
      positions.update(repeating: -1)
      for plane in 0..<planes.batch * planes.channels {
        let x = operands.inputs[0]!.elements(as: type).baseAddress! + plane * inputCount
        for run in runs {
          for i in 0..<run.count {
            let (place, output) = (run.input + i * step, plane * planes.size + run.output + i)
            guard positions[output] < 0 || x[place] > values[output] || x[place] != x[place] else { continue }
            values[output] = x[place]
            positions[output] = Int64(plane * inputCount + numbers[place])
          }
        }
      }
    }
  }

  /// The index of each element of a plane, in row-major order or with the last two axes exchanged.
  private var elementNumbers: [Int] {
    let shape = geometry.source
    let count = geometry.windows.inputCount
    guard isColumnMajor, shape.rank > 3 else { return Array(0..<count) }
    let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
    return (0..<count).map { element in
      let (row, column) = (element / columns % rows, element % columns)
      return element / (rows * columns) * rows * columns + column * rows + row
    }
  }
}
