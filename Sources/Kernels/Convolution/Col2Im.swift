import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Col2Im: PlainOperator {
  /// Each tap of each window is added at its input.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let (rows, positions, count) = (windows.kernelCount, windows.outputCount, windows.inputCount)
    let planes = batch * channels
    let places = planes == 0 ? [] : self.places
    return FunctionKernel { operands in
      let (columns, images) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      images.update(repeating: 0)
      for plane in 0..<planes {
        for element in 0..<rows * positions where places[element] >= 0 {
          images[plane * count + places[element]] += columns[plane * rows * positions + element]
        }
      }
    }
  }

  /// For each tap and window, the place in an image; -1 in the padding.
  private var places: [Int] {
    // Taps of all axes first, windows of all axes after them.
    var taps = [[Int]()]
    for axis in windows.axes { taps = taps.flatMap { tap in (0..<axis.kernel).map { tap + [$0] } } }
    var outputs = [[Int]()]
    for axis in windows.axes { outputs = outputs.flatMap { output in (0..<axis.count).map { output + [$0] } } }
    return taps.flatMap { tap in
      outputs.map { output in
        var place = 0
        for (axis, sizes) in windows.axes.enumerated() {
          let input = sizes.input(output[axis], tap[axis])
          guard (0..<sizes.size).contains(input) else { return -1 }
          place = place * sizes.size + input
        }
        return place
      }
    }
  }
}
