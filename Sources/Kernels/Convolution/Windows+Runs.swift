import EspalierOperators

extension Windows {
  /// Consecutive windows along the last axis for which one tap lies on the input.
  struct Run {
    /// The index of the tap.
    var tap: Int
    /// The first of the windows.
    var output: Int
    /// The input under the tap in the first window; that of the next window is `Windows.step` further on.
    var input: Int
    /// The number of windows.
    var count: Int
  }

  /// The stride between the inputs of a run, in elements.
  var step: Int { axes.last?.stride ?? 1 }

  /// All runs, tap by tap in row-major order. Complexity: O(taps times windows without the last axis).
  var runs: [Run] {
    var runs = [Run(tap: 0, output: 0, input: 0, count: 1)]
    for (position, axis) in axes.enumerated() {
      let isLast = position == axes.count - 1
      runs = runs.flatMap { outer in
        (0..<axis.kernel).flatMap { tap in
          let outputs = axis.outputs(at: tap)
          return (isLast ? outputs.prefix(1) : outputs[...]).map { output in
            Run(
              tap: outer.tap * axis.kernel + tap, output: outer.output * axis.count + output,
              input: outer.input * axis.size + axis.input(output, tap), count: isLast ? outputs.count : 1)
          }
        }
      }
    }
    return runs
  }
}
