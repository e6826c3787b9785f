import EspalierExecution
import EspalierTensors

/// The sum over the positions of each channel of a tensor in channels-last order, times a factor: over all samples, or
/// for each sample.
struct PlaceSum: Kernel {
  private let samples: Int
  private let rows: Int
  private let channels: Int
  private let factor: Float

  /// The sum of a tensor of shape `input` to `target`; `nil` unless `target` has one number for each channel, or one
  /// for each channel of each sample.
  init?(of input: Shape, to target: Shape, factor: Float = 1) {
    let kept = target.extended(to: input.rank)
    guard input.rank > 2, kept[1] == input[1], kept.dropFirst(2).allSatisfy({ $0 == 1 }), input.elementCount > 0,
      kept[0] == 1 || kept[0] == input[0]
    else { return nil }
    (samples, channels, self.factor) = (kept[0], input[1], factor)
    rows = input.elementCount / samples / channels
  }

  func run(_ operands: Operands) {
    let (source, target) = (operands.inputs[0]!.floats.baseAddress!, operands.outputs[0].floats.baseAddress!)
    let sums = ChannelSums(rows: rows, channels: channels)
    for sample in 0..<samples {
      let (source, target) = (source + sample * rows * channels, target + sample * channels)
      sums.add(into: target) { row, sums in
        let row = source + row * channels
        for i in 0..<channels { sums[i] += row[i] }
      }
      for i in 0..<channels { target[i] *= factor }
    }
  }
}
