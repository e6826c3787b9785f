import EspalierTensors

/// The planes of a tensor `N x C x ..`: all elements of one channel of one sample, which lie together.
struct ChannelPlanes: Sendable {
  /// How many samples there are.
  let batch: Int
  /// How many channels a sample has.
  let channels: Int
  /// Elements of a plane.
  let size: Int

  /// The planes of a tensor of `shape`, which has two axes or more.
  init(_ shape: Shape) {
    (batch, channels, size) = (shape[0], shape[1], shape.dropFirst(2).reduce(1, *))
  }

  /// Calls `body` with the channel and the first element of each plane, in the order they lie in.
  @inline(__always)
  func forEach(_ body: (_ channel: Int, _ start: Int) -> Void) {
    for plane in 0..<batch * channels { body(plane % channels, plane * size) }
  }

  /// Calls `body` with the first element of each plane of `channel`.
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
