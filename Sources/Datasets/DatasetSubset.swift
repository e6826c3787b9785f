import EspalierFiles
import EspalierTensors

extension Dataset {
  /// The first `count` samples, or all if there are fewer. Streams in bounded memory, like the whole.
  package func prefix(_ count: Int) -> any Dataset {
    count >= self.count ? self : DatasetPrefix(base: self, count: max(0, count))
  }

  /// The samples at `indices` as a data set.
  package func subset(_ indices: [Int]) -> any Dataset {
    precondition(indices.allSatisfy { (0..<count).contains($0) }, "index outside the \(count) samples of \(name)")
    return DatasetSubset(base: self, indices: indices)
  }

  /// The samples at `indices`, ascending and without repetition; a prefix streams in bounded memory, like the whole.
  package func taking(_ indices: [Int]) -> any Dataset {
    guard indices.count < count else { return self }
    return (indices.last ?? -1) + 1 == indices.count ? prefix(indices.count) : subset(indices)
  }

  /// `count` samples drawn at random without replacement, or all if there are fewer, in file order.
  package func subset(_ count: Int, seed: UInt64) -> any Dataset {
    guard count < self.count else { return self }
    var generator = SeededGenerator(seed: seed)
    return subset(generator.permutation(self.count).prefix(max(0, count)).sorted())
  }
}

/// The first samples of a data set.
private struct DatasetPrefix: Dataset {
  let base: any Dataset
  let count: Int

  var name: String { base.name }
  var sampleShape: Shape { base.sampleShape }
  var axes: SampleAxes { base.axes }
  var classCount: Int? { base.classCount }
  var skipped: [EspalierError] { base.skipped }
  var fields: [SampleField] { base.fields }
  var lengths: [Int]? { base.lengths.map { Array($0.prefix(count)) } }
  var parts: [String]? { base.parts.map { Array($0.prefix(count)) } }

  func samples(at indices: [Int]) throws(EspalierError) -> Batch {
    precondition(indices.allSatisfy { $0 < count }, "index outside the first \(count) samples of \(name)")
    return try base.samples(at: indices)
  }

  func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream {
    let stream = try base.stream(order, epoch: epoch, batchSize: batchSize)
    return order == nil ? PrefixStream(stream, count: count) : stream
  }

  func fingerprints(of indices: [Int]) -> [SampleFingerprint?] { base.fingerprints(of: indices) }

  func cluster(of index: Int) -> Int? { base.cluster(of: index) }

  func augmented(seed: UInt64) -> any Dataset {
    DatasetPrefix(base: base.augmented(seed: seed), count: count)
  }
}

/// The first samples of a stream in file order.
private final class PrefixStream: BatchStream {
  private let base: any BatchStream
  private let count: Int
  private var position = 0

  init(_ base: any BatchStream, count: Int) {
    self.base = base
    self.count = count
  }

  func next() throws(EspalierError) -> Batch? {
    guard position < count, let batch = try base.next() else { return nil }
    let kept = batch.indices.prefix { $0 < count }.count
    position = kept < batch.count ? count : batch.indices[kept - 1] + 1
    guard kept < batch.count else { return batch }
    guard kept > 0 else { return nil }
    return Batch(
      batch.fields.mapValues { $0.taking(Array(0..<kept), along: 0) },
      labels: batch.labels.map { Array($0.prefix(kept)) },
      indices: Array(batch.indices.prefix(kept)))
  }
}

/// Some samples of a data set, indexed by their positions in the subset.
private struct DatasetSubset: Dataset {
  let base: any Dataset
  let indices: [Int]

  var name: String { base.name }
  var count: Int { indices.count }
  var sampleShape: Shape { base.sampleShape }
  var axes: SampleAxes { base.axes }
  var classCount: Int? { base.classCount }
  var skipped: [EspalierError] { base.skipped }
  var fields: [SampleField] { base.fields }
  var lengths: [Int]? { base.lengths.map { all in indices.map { all[$0] } } }
  var parts: [String]? { base.parts.map { all in indices.map { all[$0] } } }

  func samples(at positions: [Int]) throws(EspalierError) -> Batch {
    let batch = try base.samples(at: positions.map { indices[$0] })
    var rest = positions[...]
    return renumbered(batch, from: &rest)
  }

  func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream {
    let positions = order ?? Array(0..<count)
    let stream = try base.stream(positions.map { indices[$0] }, epoch: epoch, batchSize: batchSize)
    return SubsetStream(stream, of: self, positions: positions)
  }

  func fingerprints(of positions: [Int]) -> [SampleFingerprint?] {
    base.fingerprints(of: positions.map { indices[$0] })
  }

  func cluster(of position: Int) -> Int? { base.cluster(of: indices[position]) }

  func augmented(seed: UInt64) -> any Dataset {
    DatasetSubset(base: base.augmented(seed: seed), indices: indices)
  }

  /// `batch` with indices into the subset: removes them from the front of `positions`, passing over skipped samples.
  func renumbered(_ batch: Batch, from positions: inout ArraySlice<Int>) -> Batch {
    var batch = batch
    batch.indices = batch.indices.map { index in
      positions = positions.drop { indices[$0] != index }
      return positions.popFirst() ?? index
    }
    return batch
  }
}

/// The batches of a subset in some order.
private final class SubsetStream: BatchStream {
  private let base: any BatchStream
  private let subset: DatasetSubset
  private var positions: ArraySlice<Int>

  init(_ base: any BatchStream, of subset: DatasetSubset, positions: [Int]) {
    self.base = base
    self.subset = subset
    self.positions = positions[...]
  }

  func next() throws(EspalierError) -> Batch? {
    try base.next().map { subset.renumbered($0, from: &positions) }
  }
}
