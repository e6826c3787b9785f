import Files
import Tensors

/// The order in which an epoch goes through the samples.
public enum BatchOrder: Hashable, Sendable {
  /// As they stand in the file, every epoch the same.
  case sequential
  /// A new permutation for every epoch, which follows from the seed and the epoch's number alone.
  case shuffled(seed: UInt64)

  /// The indices 0 ..< `count` in the order of `epoch`.
  public func indices(count: Int, epoch: Int) -> [Int] {
    switch self {
    case .sequential: return Array(0..<count)
    case .shuffled(let seed):
      var seeds = SeededGenerator(seed: seed)
      var generator = SeededGenerator(seed: seeds.next() &+ UInt64(truncatingIfNeeded: epoch))
      return generator.permutation(count)
    }
  }
}

/// What becomes of the last batch where the samples do not come out even.
public enum PartialBatch: Hashable, Sendable {
  /// It is smaller than the others.
  case kept
  /// It is left out, so that every batch has the same shape.
  case dropped
}

/// A data set cut into batches, epoch after epoch.
public struct BatchSequence: Sendable {
  /// Where the samples come from.
  public let dataset: any Dataset
  /// How many samples a batch has.
  public let batchSize: Int
  /// The order of the samples.
  public let order: BatchOrder
  /// What becomes of the last batch.
  public let partial: PartialBatch

  /// Batches of `batchSize` samples (at least one) of `dataset`.
  public init(
    _ dataset: any Dataset, batchSize: Int, order: BatchOrder = .sequential, partial: PartialBatch = .kept
  ) {
    precondition(batchSize > 0, "a batch has at least one sample")
    self.dataset = dataset
    self.batchSize = batchSize
    self.order = order
    self.partial = partial
  }

  /// How many batches an epoch has.
  public var batchesPerEpoch: Int {
    let remainder = dataset.count % batchSize
    return dataset.count / batchSize + (partial == .kept && remainder > 0 ? 1 : 0)
  }

  /// The batches of one epoch; any epoch can be asked for, so a run can be resumed.
  public func epoch(_ epoch: Int) throws(DataError) -> any BatchStream {
    if order == .sequential, partial == .kept { return try dataset.stream(batchSize: batchSize) }
    if order == .sequential {
      return try dataset.prefix(batchesPerEpoch * batchSize).stream(batchSize: batchSize)
    }
    return IndexedStream(
      dataset, order: order.indices(count: dataset.count, epoch: epoch), batchSize: batchSize, partial: partial)
  }
}

/// Batches of a data set by random access, in a given order.
final class IndexedStream<Order: RandomAccessCollection<Int>>: BatchStream {
  private let dataset: any Dataset
  private var order: Order.SubSequence
  private let batchSize: Int
  private let partial: PartialBatch

  init(_ dataset: any Dataset, order: Order, batchSize: Int, partial: PartialBatch) {
    precondition(batchSize > 0, "a batch has at least one sample")
    self.dataset = dataset
    self.order = order[...]
    self.batchSize = batchSize
    self.partial = partial
  }

  func next() throws(DataError) -> Batch? {
    let indices = Array(order.prefix(batchSize))
    guard !indices.isEmpty, partial == .kept || indices.count == batchSize else { return nil }
    order = order.dropFirst(batchSize)
    return try dataset.samples(at: indices)
  }
}
