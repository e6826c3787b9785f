import EspalierTensors

/// Batches of samples of similar length, to reduce padding.
///
/// A random order is divided into pools of 50 batches; each pool is sorted by length and divided into batches; the
/// batches are shuffled. Lengths within a batch are then similar, and all lengths occur throughout an epoch. Without
/// shuffling, all samples are sorted by length, longest first, so that a lack of memory shows at once.
package struct LengthBuckets: Sendable {
  private static let batchesInPool = 50
  private let lengths: [Int]
  private let batchSize: Int

  /// Batches of `batchSize` samples of these lengths.
  package init(_ lengths: [Int], batchSize: Int) {
    precondition(batchSize > 0, "a batch has at least one sample")
    self.lengths = lengths
    self.batchSize = batchSize
  }

  /// `order` with samples of similar length adjacent, to be divided into batches from the front; a smaller last batch
  /// stays last.
  ///
  /// - Complexity: O(n log n).
  package func order(_ order: [Int], shuffling seed: UInt64? = nil) -> [Int] {
    guard let seed else { return sorted(order[...]) }
    var generator = SeededGenerator(seed: seed)
    let pool = batchSize * Self.batchesInPool
    var batches: [[Int]] = []
    var rest: [Int] = []
    for first in stride(from: 0, to: order.count, by: pool) {
      let own = sorted(order[first..<min(first + pool, order.count)])
      for start in stride(from: 0, to: own.count, by: batchSize) {
        let batch = Array(own[start..<min(start + batchSize, own.count)])
        if batch.count == batchSize { batches.append(batch) } else { rest = batch }
      }
    }
    return generator.permutation(batches.count).flatMap { batches[$0] } + rest
  }

  private func sorted(_ order: ArraySlice<Int>) -> [Int] {
    order.enumerated().sorted { (-lengths[$0.element], $0.offset) < (-lengths[$1.element], $1.offset) }.map(\.element)
  }
}
