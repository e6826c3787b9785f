import EspalierExecution
import EspalierOperators
import EspalierTensors

extension MaxRoiPool: PlainOperator {
  /// Region by region, channel by channel and cell by cell.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { [self] operands in
      let (x, y) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      let regions = operands.inputs[1]!.floats
      let (channels, cells) = (result[1], result[2] * result[3])
      for region in 0..<result[0] {
        let own = (0..<5).map { regions[region * 5 + $0] }
        let map = min(max(Self.whole(own[0]), 0), source[0] - 1)
        let rows = spans(own[2], own[4], cells: result[2], size: source[2])
        let columns = spans(own[1], own[3], cells: result[3], size: source[3])
        for channel in 0..<channels {
          let plane = (map * channels + channel) * source[2] * source[3]
          for cell in 0..<cells {
            var largest = -Float.infinity
            for row in rows[cell / result[3]] {
              for column in columns[cell % result[3]] { largest = max(largest, x[plane + row * source[3] + column]) }
            }
            let isEmpty = rows[cell / result[3]].isEmpty || columns[cell % result[3]].isEmpty
            y[(region * channels + channel) * cells + cell] = isEmpty ? 0 : largest
          }
        }
      }
    }
  }

  /// The elements of each cell of a region from `first` to `last` along an axis of `size` elements.
  private func spans(_ first: Float, _ last: Float, cells: Int, size: Int) -> [Range<Int>] {
    let (start, end) = (Self.whole((first * scale).rounded()), Self.whole((last * scale).rounded()))
    let length = Float(max(end - start + 1, 1)) / Float(cells)
    return (0..<cells).map { cell in
      let low = min(max(Self.whole((Float(cell) * length).rounded(.down)) + start, 0), size)
      let high = min(max(Self.whole((Float(cell + 1) * length).rounded(.up)) + start, 0), size)
      return low..<max(low, high)
    }
  }

  /// A position as a whole number: regions follow from data, and may be anything.
  private static func whole(_ number: Float) -> Int { Int(exactly: min(max(number, -1e9), 1e9).rounded()) ?? 0 }
}
