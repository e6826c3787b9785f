import EspalierExecution
import EspalierOperators
import EspalierTensors

extension GridSample: PlainOperator {
  /// For each position of the grid, a sum over the taps of all axes.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let sizes = Array(source.dropFirst(2))
    let (inputCount, positions) = (sizes.reduce(1, *), outputs[0].shape.dropFirst(2).reduce(1, *))
    return FunctionKernel { [source] operands in
      let x = operands.inputs[0]!.floats.baseAddress!
      let (grid, y) = (operands.inputs[1]!.floats, operands.outputs[0].floats)
      for sample in 0..<source[0] {
        for position in 0..<positions {
          let start = (sample * positions + position) * sizes.count
          var taps: [(place: Int, weight: Float)] = [(0, 1)]
          for axis in sizes.indices {
            // Coordinates come innermost first.
            let own = self.taps(at: grid[start + sizes.count - 1 - axis], size: sizes[axis])
            taps = taps.flatMap { tap in
              own.map { other in (tap.place * sizes[axis] + other.place, tap.weight * other.weight) }
            }
          }
          for channel in 0..<source[1] {
            let plane = sample * source[1] + channel
            let values = x + plane * inputCount
            var sum: Float = 0
            for tap in taps { sum += tap.weight * values[tap.place] }
            y[plane * positions + position] = sum
          }
        }
      }
    }
  }

  /// The elements of an axis of `size` elements and their weights at a coordinate from -1 to 1; those outside of the
  /// input are left out.
  private func taps(at coordinate: Float, size: Int) -> [(place: Int, weight: Float)] {
    var x = alignsCorners ? (coordinate + 1) / 2 * Float(size - 1) : ((coordinate + 1) * Float(size) - 1) / 2
    guard x.isFinite, abs(x) < 1e9 else { return [] }
    if mode == .nearest { x = x.rounded(.toNearestOrEven) }
    x = inside(x, size: size)
    let first = x.rounded(.down)
    let (start, t) = (Int(first), x - first)
    let weights: [(Int, Float)] =
      switch mode {
      case .nearest: [(Int(x.rounded(.toNearestOrEven)), 1)]
      case .linear: [(start, 1 - t), (start + 1, t)]
      case .cubic: [-1, 0, 1, 2].map { (start + $0, cubic(abs(t - Float($0)))) }
      }
    return weights.compactMap { place, weight in
      if (0..<size).contains(place) { return (place, weight) }
      if padding == .zeros || weight == 0 { return nil }
      return (min(max(Int(inside(Float(place), size: size)), 0), size - 1), weight)
    }
  }

  /// A position moved into the input, as the padding mode asks.
  private func inside(_ x: Float, size: Int) -> Float {
    let (low, high): (Float, Float) = alignsCorners ? (0, Float(size - 1)) : (-0.5, Float(size) - 0.5)
    switch padding {
    case .zeros: return x
    case .border: return x < low || x > high ? min(max(x, 0), Float(size - 1)) : x
    case .reflection:
      let range = high - low
      guard range > 0, x < low || x > high else { return range > 0 ? x : 0 }
      let beyond = x < low ? low - x : x - high
      let (turns, rest) = (Int(beyond / range), beyond - Float(Int(beyond / range)) * range)
      return (x < low) == (turns % 2 == 0) ? low + rest : high - rest
    }
  }

  /// The weight of cubic convolution at a distance, with the parameter -0.75.
  private func cubic(_ x: Float) -> Float {
    let a: Float = -0.75
    return x <= 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0
  }
}
