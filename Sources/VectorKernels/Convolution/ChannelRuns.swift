import EspalierExecution
import EspalierOperators
import EspalierTensors

/// The elements of a tensor `N x C x ..` in memory order, in runs to be combined with one number per channel.
///
/// In plain order a run is a plane, all of one channel; in channels-last order it is a position, with one element of
/// each channel. The runs are divided among threads.
package struct ChannelRuns: Sendable {
  private let channels: Int
  private let size: Int
  private let isChannelsLast: Bool
  private let rows: RowParts

  /// The elements of a tensor of `shape`, which has at least two axes and lies in `order`.
  package init(_ shape: Shape, in order: AxisOrder) {
    channels = shape[1]
    isChannelsLast = order == .channelsLast
    size = isChannelsLast ? channels : shape.dropFirst(2).reduce(1, *)
    rows = RowParts(rows: shape.elementCount / max(size, 1), size: size)
  }

  /// Adds to each element of `target` the number of its channel.
  package func add(_ numbers: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    combine(target, numbers, to: target) { $0 + $1 }
  }

  /// Writes each element of `source` times the number of its channel to `target`.
  func multiply(
    _ source: UnsafePointer<Float>, by numbers: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
  ) {
    combine(source, numbers, to: target) { $0 * $1 }
  }

  /// Writes `combine(element, number)` to `target` for each element of `source` and the number of its channel. Source
  /// and target may be the same.
  @inline(__always)
  private func combine(
    _ source: UnsafePointer<Float>, _ numbers: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>,
    _ combine: (Float, Float) -> Float
  ) {
    rows.forEach { row in
      let (source, target) = (source + row * size, target + row * size)
      if isChannelsLast {
        for i in 0..<size { target[i] = combine(source[i], numbers[i]) }
      } else {
        let number = numbers[row % channels]
        for i in 0..<size { target[i] = combine(source[i], number) }
      }
    }
  }
}
