import EspalierTensors

/// The planes of a tensor `N x C x ..`: the elements of one channel of one sample, which are contiguous.
struct ChannelPlanes: Sendable {
  /// The number of samples.
  let batch: Int
  /// The number of channels.
  let channels: Int
  /// The number of elements of a plane.
  let size: Int

  /// The planes of a tensor of `shape`, which has at least two axes.
  init(_ shape: Shape) {
    (batch, channels, size) = (shape[0], shape[1], shape.dropFirst(2).reduce(1, *))
  }

  /// Calls `body` with the channel and the offset of each plane, in memory order.
  @inline(__always)
  func forEach(_ body: (_ channel: Int, _ start: Int) -> Void) {
    for plane in 0..<batch * channels { body(plane % channels, plane * size) }
  }

  /// Calls `body` with the offset of each plane of `channel`.
  @inline(__always)
  func forEach(of channel: Int, _ body: (_ start: Int) -> Void) {
    for sample in 0..<batch { body((sample * channels + channel) * size) }
  }

  /// The mean and the population variance of all elements of `channel`.
  func statistics(_ x: UnsafePointer<Float>, channel: Int) -> (mean: Float, variance: Float) {
    let count = Double(batch * size)
    var sum = 0.0
    forEach(of: channel) { start in
      for i in start..<start + size { sum += Double(x[i]) }
    }
    let mean = sum / count
    var squares = 0.0
    forEach(of: channel) { start in
      for i in start..<start + size { squares += (Double(x[i]) - mean) * (Double(x[i]) - mean) }
    }
    return (Float(mean), Float(squares / count))
  }
}
