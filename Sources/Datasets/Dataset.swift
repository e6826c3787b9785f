import EspalierFiles
import EspalierTensors

/// Samples that can be read one by one in any order, or all in file order in bounded memory.
///
/// Every sample is a `float32` tensor of one shape, or text of its own length, with a class if the data has labels. A
/// data set is a description from which any number of threads may read; each kind documents its cost. Some kinds skip
/// samples that cannot be read: batches then have fewer samples than requested, and `indices` identifies them.
package protocol Dataset: Sendable {
  /// The name in reports and errors.
  var name: String { get }
  /// The number of samples; at least one.
  var count: Int { get }
  /// The shape of one sample, as `1 x 28 x 28`.
  var sampleShape: Shape { get }
  /// The meaning of a sample's axes, as far as known.
  var axes: SampleAxes { get }
  /// The number of classes; `nil` for samples without labels.
  var classCount: Int? { get }
  /// A sample's tensors: one called ``Batch/samples`` for samples of one tensor, or several under names of their own,
  /// as the rows of a text or the images that feed several inputs.
  var fields: [SampleField] { get }
  /// The length of each sample; `nil` if all have the same. If not `nil`, ``sampleShape`` is that of the longest, and a
  /// batch is as long as the longest of its samples, so batches of similar lengths are cheaper.
  var lengths: [Int]? { get }
  /// The part of the data (the language) to which each sample belongs; `nil` if results are not reported by part.
  var parts: [String]? { get }
  /// The faults of the samples skipped so far, each once.
  var skipped: [EspalierError] { get }
  /// The samples at `indices`, in that order; each index must be in 0 ..< `count`, and may be repeated.
  /// - Throws: `EspalierError` if the data cannot be read, or a sample holds a number that is not finite.
  func samples(at indices: [Int]) throws(EspalierError) -> Batch
  /// The samples in `order` (`nil` for all in file order), `batchSize` at a time; the last batch may be smaller.
  ///
  /// Memory is bounded by the batch, not by the data. `epoch` matters only to augmented data.
  func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream
  /// The same data for training, augmented at random anew in each epoch, by `seed`. Most kinds are returned unchanged.
  func augmented(seed: UInt64) -> any Dataset
  /// The indices of `count` representative samples, `0 <= count <= self.count`, in file order: the first, unless the
  /// data is sorted.
  func representativeIndices(_ count: Int) -> [Int]
  /// The fingerprints of the samples at `indices`, ascending, as they are stored; `nil` for those that cannot be read.
  func fingerprints(of indices: [Int]) -> [SampleFingerprint?]
  /// The number of the cluster that the sample at `index` belongs to: samples of one are near-copies, as frames of a
  /// clip. `nil` if the data says nothing of it.
  func cluster(of index: Int) -> Int?
}

/// A sequence of batches. Not thread-safe.
package protocol BatchStream: AnyObject {
  /// The next batch; `nil` after the last.
  func next() throws(EspalierError) -> Batch?
}

extension Dataset {
  /// By default, the axes are as stored.
  package var axes: SampleAxes { .stored }

  /// By default, a sample is one tensor.
  package var fields: [SampleField] { [SampleField(Batch.samples, sampleShape, axes)] }

  /// The names of a sample's tensors, those of ``Batch/fields``.
  package var fieldNames: [String] { fields.map(\.name) }

  /// Whether a sample is one tensor.
  package var isOneTensor: Bool { fieldNames == [Batch.samples] }

  /// By default, all samples have the same shape.
  package var lengths: [Int]? { nil }

  /// By default, the data has no parts.
  package var parts: [String]? { nil }

  /// By default, no sample is skipped.
  package var skipped: [EspalierError] { [] }

  /// By default, reads the samples of a batch by their indices when it is requested.
  package func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream {
    IndexedStream(self, order: order ?? Array(0..<count), batchSize: batchSize)
  }

  /// All samples in file order, `batchSize` at a time.
  package func stream(batchSize: Int) throws(EspalierError) -> any BatchStream {
    try stream(nil, epoch: 0, batchSize: batchSize)
  }

  /// By default, the data is unchanged.
  package func augmented(seed: UInt64) -> any Dataset { self }

  /// By default, the first `count` samples.
  package func representativeIndices(_ count: Int) -> [Int] { Array(0..<count) }

  /// By default, those of the samples' tensors. What cannot be read has none: the error follows when it is used.
  package func fingerprints(of indices: [Int]) -> [SampleFingerprint?] {
    var found: [Int: SampleFingerprint] = [:]
    let stream = try? stream(indices, epoch: 0, batchSize: 256)
    while let batch = try? stream?.next() {
      for (index, print) in zip(batch.indices, batch.fingerprints) { found[index] = print }
    }
    return indices.map { found[$0] }
  }

  /// By default, nothing is known of clusters.
  package func cluster(of index: Int) -> Int? { nil }

  /// `count` representative samples, or all if there are fewer, in file order.
  package func representatives(_ count: Int) -> any Dataset {
    guard count < self.count else { return self }
    return taking(representativeIndices(max(0, count)))
  }

  /// The shape of a batch of `count` samples: `count` before the sample's axes.
  package func batchShape(_ count: Int) -> Shape {
    Shape([count] + sampleShape.sizes)
  }
}

/// Batches read by random access, in a given order.
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
