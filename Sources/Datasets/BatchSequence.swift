import EspalierFiles
import EspalierProcesses
import EspalierTensors

/// The order of the samples in an epoch.
package enum BatchOrder: Hashable, Sendable {
  /// The order of the file, in every epoch.
  case sequential
  /// A new permutation for every epoch, which depends only on the seed and the epoch's number.
  case shuffled(seed: UInt64)

  /// The seed; `nil` for a sequential order.
  var seed: UInt64? {
    if case .shuffled(let seed) = self { seed } else { nil }
  }

  /// The indices 0 ..< `count` in the order of `epoch`.
  package func indices(count: Int, epoch: Int) -> [Int] {
    switch self {
    case .sequential: return Array(0..<count)
    case .shuffled(let seed):
      var seeds = SeededGenerator(seed: seed)
      var generator = SeededGenerator(seed: seeds.next() &+ UInt64(truncatingIfNeeded: epoch))
      return generator.permutation(count)
    }
  }
}

/// The treatment of a last batch with fewer samples.
package enum PartialBatch: Hashable, Sendable {
  /// It is kept.
  case kept
  /// It is dropped, so that every batch has the same shape.
  case dropped
}

/// A data set divided into batches, epoch after epoch.
package struct BatchSequence: Sendable {
  /// The data set.
  package let dataset: any Dataset
  /// The number of samples of a batch.
  package let batchSize: Int
  /// The order of the samples.
  package let order: BatchOrder
  /// The treatment of the last batch.
  package let partial: PartialBatch

  /// Batches of `batchSize` samples (at least one) of `dataset`.
  package init(
    _ dataset: any Dataset, batchSize: Int, order: BatchOrder = .sequential, partial: PartialBatch = .kept
  ) {
    precondition(batchSize > 0, "a batch has at least one sample")
    self.dataset = dataset
    self.batchSize = batchSize
    self.order = order
    self.partial = partial
  }

  /// The number of batches of an epoch; fewer if samples are skipped.
  package var batchesPerEpoch: Int {
    let remainder = dataset.count % batchSize
    return dataset.count / batchSize + (partial == .kept && remainder > 0 ? 1 : 0)
  }

  /// The batches of one epoch; epochs can be requested in any order, so a run can be resumed.
  package func epoch(_ epoch: Int) throws(EspalierError) -> any BatchStream {
    let stream = try dataset.stream(indices(epoch), epoch: epoch, batchSize: batchSize)
    return partial == .kept ? stream : FullBatches(stream, batchSize: batchSize)
  }

  /// The same batches dealt to the processes of a group, in steps of `stepSize` batches.
  package func epoch(
    _ epoch: Int, inStepsOf stepSize: Int, among processes: any ProcessGroup
  ) -> SharedBatchStream {
    SharedBatchStream(
      dataset, indices(epoch), epoch: epoch, batchSize: batchSize, partial: partial, inStepsOf: stepSize,
      among: processes)
  }

  /// The order of the samples in an epoch; `nil` for that of the file.
  private func indices(_ epoch: Int) -> [Int]? {
    let indices = order == .sequential ? nil : order.indices(count: dataset.count, epoch: epoch)
    guard let lengths = dataset.lengths else { return indices }
    return LengthBuckets(lengths, batchSize: batchSize).order(
      indices ?? Array(0..<dataset.count), shuffling: order.seed.map { $0 &+ UInt64(truncatingIfNeeded: epoch) })
  }
}

/// The batches of a stream before the first that is not full.
private final class FullBatches: BatchStream {
  private let base: any BatchStream
  private let batchSize: Int

  init(_ base: any BatchStream, batchSize: Int) {
    self.base = base
    self.batchSize = batchSize
  }

  func next() throws(EspalierError) -> Batch? {
    guard let batch = try base.next(), batch.count == batchSize else { return nil }
    return batch
  }
}
