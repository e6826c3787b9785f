import EspalierExecution
import EspalierKernels
import EspalierOperators
import EspalierThreading

extension Unfold: VectorOperator {
  /// Any order.
  package func vectorLayout(_ node: TypedNode) -> LayoutRule { LayoutRule(.any) }

  /// Reads whole channels in channels-last order; in plain order there is nothing to gain.
  package func vectorKernel(_ node: TypedNode, in order: AxisOrder) -> (any Kernel)? {
    order == .plain ? nil : ChannelsLastUnfold(self)
  }
}

/// Unfolds windows of a tensor in channels-last order, in which the channels of each tap lie side by side, dividing the
/// rows among threads.
private struct ChannelsLastUnfold: Kernel {
  private let samples: Int
  private let channels: Int
  /// The number of positions of a sample.
  private let size: Int
  /// For each row of a sample, the positions of its taps; -1 stands for the padding.
  private let places: [[Int]]

  init(_ unfold: Unfold) {
    (samples, channels, size) = (unfold.samples, unfold.channels, unfold.windows.inputCount)
    let taps = unfold.windows.positions
    places = stride(from: 0, to: unfold.windows.outputCount, by: unfold.step).map { output in
      taps.map { $0[output] ?? -1 }
    }
  }

  func run(_ operands: Operands) {
    let (source, target) = (operands.inputs[0]!.floats.baseAddress!, operands.outputs[0].floats.baseAddress!)
    let taps = places.first?.count ?? 0
    RowParts(rows: samples * places.count, size: channels * taps).forEach { row in
      let (sample, output) = row.quotientAndRemainder(dividingBy: places.count)
      let (own, map) = (target + row * channels * taps, source + sample * size * channels)
      for (tap, place) in places[output].enumerated() {
        guard place >= 0 else {
          for channel in 0..<channels { own[channel * taps + tap] = 0 }
          continue
        }
        let pixel = map + place * channels
        if taps == 1 {
          own.update(from: pixel, count: channels)
        } else {
          for channel in 0..<channels { own[channel * taps + tap] = pixel[channel] }
        }
      }
    }
  }
}
