import EspalierTensors
import EspalierThreading

/// Sums over the positions of each channel of a tensor in channels-last order: over its rows, one row per position.
///
/// The rows are divided into parts, which threads share. Blocks of rows are summed in single precision, and the blocks
/// in double, so that long sums lose no digits. The parts follow from the shape alone and are added in order: the result
/// does not depend on the number of threads.
struct ChannelSums {
  private static let block = 64
  /// More parts than this would serve threads that hardly any machine has, and take memory for their sums.
  private static let mostParts = 64

  private let rows: Int
  private let channels: Int

  /// Sums over the samples and positions of a tensor of `shape`.
  init(_ shape: Shape) {
    (rows, channels) = (shape.elementCount / max(shape[1], 1), shape[1])
  }

  /// Sums over `rows` rows of `channels` numbers.
  init(rows: Int, channels: Int) {
    (self.rows, self.channels) = (rows, channels)
  }

  /// Writes for each channel the sum over rows of what `term` adds.
  @inline(__always)
  func add(into target: UnsafeMutablePointer<Float>, _ term: (_ row: Int, _ sums: UnsafeMutablePointer<Float>) -> Void)
  {
    let parts = max(1, min(Self.mostParts, rows * channels / (1 << 14)))
    withUnsafeTemporaryAllocation(of: Double.self, capacity: parts * channels) { totals in
      totals.initialize(repeating: 0)
      let totals = totals.baseAddress!
      Threads.run(parts) { part in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: channels) { place in
          let (sums, totals) = (place.baseAddress!, totals + part * channels)
          let end = rows * (part + 1) / parts
          for first in stride(from: rows * part / parts, to: end, by: Self.block) {
            place.initialize(repeating: 0)
            for row in first..<min(first + Self.block, end) { term(row, sums) }
            for i in 0..<channels { totals[i] += Double(sums[i]) }
          }
        }
      }
      for i in 0..<channels {
        target[i] = Float((0..<parts).reduce(0.0) { $0 + totals[$1 * channels + i] })
      }
    }
  }
}
