import EspalierExecution
import EspalierOperators
import EspalierTensors

/// Sums a tensor over the axes along which a smaller one would be broadcast to it, times a factor: one pass over the
/// input, in its order.
struct StridedSum: Kernel {
  private let loop: StridedLoop
  private let factor: Float

  /// The sum of a tensor of shape `input` to `target`, which broadcasts to it.
  init(of input: Shape, to target: Shape, factor: Float = 1) {
    loop = StridedLoop(input, strides: [Broadcasting.strides(of: target, in: input)])
    self.factor = factor
  }

  func run(_ operands: Operands) {
    let source = operands.inputs[0]!.floats.baseAddress!
    let sums = operands.outputs[0].floats
    sums.update(repeating: 0)
    let base = sums.baseAddress!
    let step = loop.step(0)
    loop.forEachRun { start, count, offsets in
      let (run, place) = (source + start, base + offsets[0])
      switch step {
      case 0:
        // In double precision: long sums in single precision lose digits.
        var sum = 0.0
        for i in 0..<count { sum += Double(run[i]) }
        place[0] += Float(sum)
      case 1: for i in 0..<count { place[i] += run[i] }
      default: for i in 0..<count { place[i * step] += run[i] }
      }
    }
    if factor != 1 { for i in 0..<sums.count { sums[i] *= factor } }
  }
}
