import EspalierFiles
import EspalierTensors

/// Samples that can be read one by one in any order, or all of them in file order in bounded memory.
///
/// Every sample is a `float32` tensor of one shape, or text of its own length; with a class if the data has labels. A data set is a description that
/// any number of threads may read from; what it costs to read is said by each kind. Some kinds skip a sample that cannot be
/// read: batches then have fewer samples than were asked for, and their `indices` say which.
package protocol Dataset: Sendable {
  /// What the user calls it, for reports and errors.
  var name: String { get }
  /// How many samples there are; at least one.
  var count: Int { get }
  /// The shape of one sample, as `1 x 28 x 28`.
  var sampleShape: Shape { get }
  /// How far the order of a sample's axes is known.
  var axes: SampleAxes { get }
  /// How many classes the labels tell apart; `nil` for samples without labels.
  var classCount: Int? { get }
  /// The names of what every sample consists of, those of ``Batch/fields``: ``Batch/samples`` of samples that are one
  /// tensor; of several tensors of whole numbers, as of text, the name of each.
  var fieldNames: [String] { get }
  /// How long each sample is, where that differs: ``sampleShape`` is then that of the longest, and a batch as long as the longest of
  /// its samples. Batches of samples of like length are cheaper.
  var lengths: [Int]? { get }
  /// Which part of the data each sample belongs to (its language), where results are wanted for each part.
  var parts: [String]? { get }
  /// What was wrong with each sample that had to be skipped so far; each is named once.
  var skipped: [EspalierError] { get }
  /// The samples at `indices`, in that order; each index must be in 0 ..< `count`, and may stand more than once.
  /// - Throws: `EspalierError` where the data cannot be read, or one of the samples holds a number that is not finite.
  func samples(at indices: [Int]) throws(EspalierError) -> Batch
  /// The samples in `order` (`nil` for all in file order), `batchSize` at a time; only the last batch is smaller where they
  /// do not come out even.
  ///
  /// Memory is bounded by the batch, not by the data. `epoch` matters to data that is augmented.
  func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream
  /// The same data to train on: what is drawn at random anew for each epoch follows from `seed`. Most kinds change nothing.
  func augmented(seed: UInt64) -> any Dataset
  /// Which `count` samples stand for all, `0 <= count <= self.count`, in file order: the first, unless the data is
  /// sorted.
  func representativeIndices(_ count: Int) -> [Int]
}

/// Batches, one after another. One thread at a time.
package protocol BatchStream: AnyObject {
  /// The next batch; `nil` after the last.
  func next() throws(EspalierError) -> Batch?
}

extension Dataset {
  /// Samples lie as they were stored.
  package var axes: SampleAxes { .stored }

  /// A sample is one tensor.
  package var fieldNames: [String] { [Batch.samples] }

  /// Whether a sample is one tensor.
  package var isOneTensor: Bool { fieldNames == [Batch.samples] }

  /// All samples are of one shape.
  package var lengths: [Int]? { nil }

  /// The data is of one kind.
  package var parts: [String]? { nil }

  /// Nothing is skipped.
  package var skipped: [EspalierError] { [] }

  /// Reads a batch's samples by their positions when it is asked for.
  package func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream {
    IndexedStream(self, order: order ?? Array(0..<count), batchSize: batchSize)
  }

  /// All samples in file order, `batchSize` at a time.
  package func stream(batchSize: Int) throws(EspalierError) -> any BatchStream {
    try stream(nil, epoch: 0, batchSize: batchSize)
  }

  /// The data as it is.
  package func augmented(seed: UInt64) -> any Dataset { self }

  /// The first `count` samples.
  package func representativeIndices(_ count: Int) -> [Int] { Array(0..<count) }

  /// `count` samples that stand for all, or all where there are fewer, in file order.
  package func representatives(_ count: Int) -> any Dataset {
    guard count < self.count else { return self }
    return taking(representativeIndices(max(0, count)))
  }

  /// The shape of a batch of `count` samples: `count` before the sample's axes.
  package func batchShape(_ count: Int) -> Shape {
    Shape([count] + sampleShape.sizes)
  }
}

/// Batches of a data set by random access, in a given order.
final class IndexedStream: BatchStream {
  private let dataset: any Dataset
  private var order: ArraySlice<Int>
  private let batchSize: Int

  init(_ dataset: any Dataset, order: [Int], batchSize: Int) {
    precondition(batchSize > 0, "a batch has at least one sample")
    self.dataset = dataset
    self.order = order[...]
    self.batchSize = batchSize
  }

  func next() throws(EspalierError) -> Batch? {
    let indices = Array(order.prefix(batchSize))
    guard !indices.isEmpty else { return nil }
    order = order.dropFirst(batchSize)
    return try dataset.samples(at: indices)
  }
}
