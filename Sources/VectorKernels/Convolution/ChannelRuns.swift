import EspalierExecution
import EspalierOperators
import EspalierTensors

/// The elements of a tensor `N x C x ..` in the order they lie in, in runs that are combined with one number for each
/// channel.
///
/// In plain order a run is a plane, all of one channel; channels last it is a place, with an element of each channel.
/// Threads share the runs.
package struct ChannelRuns: Sendable {
  private let channels: Int
  private let size: Int
  private let isChannelsLast: Bool
  private let rows: RowParts

  /// The elements of a tensor of `shape`, which has two axes or more and lies in `order`.
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

  /// Writes to each element of `target` what `combine` makes of that of `source` and the number of its channel. Source
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
