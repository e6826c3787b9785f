import EspalierOperators

/// The sum over samples of an activation map (channels x spatial positions), from which importances are computed.
///
/// The paper's importance passes the residual back through a convolution and sums over positions. Near a border some
/// taps read padding, and no gradient passes there; so for each tap the residual is summed only over those output
/// positions at which it reads the input. Everything follows from `R_c[k', k]`, the sum over these positions for k' of
/// the values that tap k reads of channel c.
struct SummedMap: Hashable, Sendable {
  /// The sum over samples, channel by channel, row-major.
  var values: [Double]
  /// The number of samples.
  var sampleCount = 0
  let channels: Int
  let windows: Windows

  init(channels: Int, windows: Windows, values: [Double]? = nil) {
    self.values = values ?? Array(repeating: 0, count: channels * windows.inputCount)
    self.channels = channels
    self.windows = windows
  }

  static func + (first: SummedMap, second: SummedMap) -> SummedMap {
    var sum = first
    for i in sum.values.indices { sum.values[i] += second.values[i] }
    sum.sampleCount += second.sampleCount
    return sum
  }

  /// For each channel and tap, the sum over all output positions of the values that the tap reads.
  var windowSums: [Double] {
    let positions = windows.positions.map { $0.compactMap(\.self) }
    let size = windows.inputCount
    return (0..<channels).flatMap { channel in
      positions.map { $0.reduce(0) { $0 + values[channel * size + $1] } }
    }
  }

  /// The sums for importances: see ``TapSums``.
  ///
  /// The output positions at which a tap reads the input are a box, so the sums over them are taken axis by axis.
  /// Complexity: O(channels x taps x (output positions + taps)) and little more.
  var tapSums: TapSums {
    let positions = windows.positions
    let (taps, size) = (positions.count, windows.inputCount)
    let boxes = windows.axes.map { axis in (0..<axis.kernel).map(axis.outputs(at:)) }
    var sums = [Double](repeating: 0, count: taps * channels * taps)
    for channel in 0..<channels {
      for (inner, places) in positions.enumerated() {
        var reads = places.map { $0.map { values[channel * size + $0] } ?? 0 }
        for (axis, ranges) in zip(windows.axes, boxes).reversed() {
          reads = Self.reduce(reads, along: axis.count, to: ranges)
        }
        for (outer, sum) in reads.enumerated() { sums[(outer * channels + channel) * taps + inner] = sum }
      }
    }
    return TapSums(
      taps: taps, sums: sums, counts: positions.map { Double(sampleCount * $0.count { $0 != nil }) },
      channelSums: (0..<channels).map { values[$0 * size..<($0 + 1) * size].reduce(0, +) })
  }

  /// Replaces the last axis, of `count` elements, by the sums over `ranges` of it, and makes it the first.
  private static func reduce(_ values: [Double], along count: Int, to ranges: [Range<Int>]) -> [Double] {
    let lines = values.count / max(count, 1)
    var sums = [Double](repeating: 0, count: ranges.count * lines)
    for line in 0..<lines {
      for (position, range) in ranges.enumerated() {
        sums[position * lines + line] = range.reduce(0) { $0 + values[line * count + $1] }
      }
    }
    return sums
  }
}

/// The sums from which the importances of a layer's input channels are computed.
package struct TapSums: Hashable, Sendable {
  /// The number of elements of a channel that one output position reads; 1 for a dense layer.
  package let taps: Int
  /// For each tap k', channel c and tap k: the sum, over samples and output positions at which k' reads the input, of
  /// the values that k reads of c.
  package let sums: [Double]
  /// For each tap, the number of samples and output positions at which it reads the input.
  package let counts: [Double]
  /// For each channel, the sum over samples and positions: `mu(H)`.
  package let channelSums: [Double]

  /// The sums over both sets of samples.
  static func + (first: TapSums, second: TapSums) -> TapSums {
    TapSums(
      taps: first.taps, sums: zip(first.sums, second.sums).map(+), counts: zip(first.counts, second.counts).map(+),
      channelSums: zip(first.channelSums, second.channelSums).map(+))
  }
}
