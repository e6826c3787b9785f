import Files
import Tensors

/// Samples that can be read one by one in any order, or all of them in file order in bounded memory.
///
/// Every sample is a `float32` tensor of one shape; with a class if the data has labels. A data set is a description that
/// any number of threads may read from; what it costs to read is said by each kind.
public protocol Dataset: Sendable {
  /// What the user calls it, for reports and errors.
  var name: String { get }
  /// How many samples there are; at least one.
  var count: Int { get }
  /// The shape of one sample, as `1 x 28 x 28`.
  var sampleShape: Shape { get }
  /// How many classes the labels tell apart; `nil` for samples without labels.
  var classCount: Int? { get }
  /// The samples at `indices`, in that order; each index must be in 0 ..< `count`, and may stand more than once.
  /// - Throws: `DataError` where the data cannot be read, or one of the samples holds a number that is not finite.
  func samples(at indices: [Int]) throws(DataError) -> Batch
  /// All samples in file order, `batchSize` at a time, the last batch smaller where it does not come out even.
  ///
  /// Memory is bounded by the batch, not by the data.
  func stream(batchSize: Int) throws(DataError) -> any BatchStream
}

/// Batches, one after another. One thread at a time.
public protocol BatchStream: AnyObject {
  /// The next batch; `nil` after the last.
  func next() throws(DataError) -> Batch?
}

extension Dataset {
  /// Reads runs of neighbouring samples, one after another.
  public func stream(batchSize: Int) throws(DataError) -> any BatchStream {
    IndexedStream(self, order: 0..<count, batchSize: batchSize, partial: .kept)
  }

  /// The shape of a batch of `count` samples: `count` before the sample's axes.
  public func batchShape(_ count: Int) -> Shape {
    Shape([count] + sampleShape.sizes)
  }
}
