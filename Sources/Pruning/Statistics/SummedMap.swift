import Operators

/// The sum over samples of an activation map (channels x spatial positions), and what importances need of it.
///
/// The paper's importance passes the residual back through a convolution and sums over positions. Near a border some taps read
/// padding, and no gradient passes there; so for each tap the residual is summed over those output positions alone at which it
/// reads the input. With `R_c[k', k]` the sum over these positions for k' of what tap k reads of channel c, everything follows.
struct SummedMap: Hashable, Sendable {
  /// The sum over samples, channel by channel, row-major.
  private(set) var values: [Double]
  let channels: Int
  let windows: Windows

  init(channels: Int, windows: Windows, values: [Double]? = nil) {
    self.values = values ?? Array(repeating: 0, count: channels * windows.inputCount)
    self.channels = channels
    self.windows = windows
  }

  mutating func add(_ batch: UnsafeMutableBufferPointer<Float>) {
    for i in values.indices { values[i] += Double(batch[i]) }
  }

  static func + (first: SummedMap, second: SummedMap) -> SummedMap {
    var sum = first
    for i in sum.values.indices { sum.values[i] += second.values[i] }
    return sum
  }

  /// What importances need: see ``TapSums``.
  func tapSums(sampleCount: Int) -> TapSums {
    let positions = windows.positions
    let (taps, size) = (positions.count, windows.inputCount)
    var sums = [Double](repeating: 0, count: taps * channels * taps)
    for (outer, own) in positions.enumerated() {
      for (inner, other) in positions.enumerated() {
        let read = zip(own, other).compactMap { $0 == nil ? nil : $1 }
        for channel in 0..<channels {
          sums[(outer * channels + channel) * taps + inner] = read.reduce(0) { $0 + values[channel * size + $1] }
        }
      }
    }
    return TapSums(
      taps: taps, sums: sums, counts: positions.map { Double(sampleCount * $0.count { $0 != nil }) },
      channelSums: (0..<channels).map { values[$0 * size..<($0 + 1) * size].reduce(0, +) })
  }
}

/// What the importances of a layer's input channels are worked out from.
public struct TapSums: Hashable, Sendable {
  /// How many elements of a channel one output position reads; 1 for a dense layer.
  public let taps: Int
  /// For each tap k', channel c and tap k: the sum, over samples and output positions at which k' reads the input, of what k
  /// reads of c.
  public let sums: [Double]
  /// For each tap, the number of samples and output positions at which it reads the input.
  public let counts: [Double]
  /// For each channel, the sum over samples and positions: `mu(H)`.
  public let channelSums: [Double]
}
