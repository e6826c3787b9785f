import Files
import Tensors

extension Dataset {
  /// The first `count` samples, or all where there are fewer. Streams in bounded memory as the whole does.
  public func prefix(_ count: Int) -> any Dataset {
    count >= self.count ? self : DatasetPrefix(base: self, count: max(0, count))
  }

  /// The samples at `indices` as a data set of their own.
  public func subset(_ indices: [Int]) -> any Dataset {
    precondition(indices.allSatisfy { (0..<count).contains($0) }, "index outside the \(count) samples of \(name)")
    return DatasetSubset(base: self, indices: indices)
  }

  /// `count` samples drawn at random without replacement, or all where there are fewer, in file order.
  public func subset(_ count: Int, seed: UInt64) -> any Dataset {
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
  var classCount: Int? { base.classCount }

  func samples(at indices: [Int]) throws(DataError) -> Batch {
    precondition(indices.allSatisfy { $0 < count }, "index outside the first \(count) samples of \(name)")
    return try base.samples(at: indices)
  }

  func stream(batchSize: Int) throws(DataError) -> any BatchStream {
    PrefixStream(try base.stream(batchSize: batchSize), count: count)
  }
}

/// The first samples of a stream.
private final class PrefixStream: BatchStream {
  private let base: any BatchStream
  private var left: Int

  init(_ base: any BatchStream, count: Int) {
    self.base = base
    self.left = count
  }

  func next() throws(DataError) -> Batch? {
    guard left > 0, let batch = try base.next() else { return nil }
    let count = min(left, batch.count)
    left -= count
    guard count < batch.count else { return batch }
    return Batch(
      inputs: batch.inputs.taking(Array(0..<count), along: 0), labels: batch.labels.map { Array($0.prefix(count)) },
      indices: Array(batch.indices.prefix(count)))
  }
}

/// Some samples of a data set, each with its place in the subset as its index.
private struct DatasetSubset: Dataset {
  let base: any Dataset
  let indices: [Int]

  var name: String { base.name }
  var count: Int { indices.count }
  var sampleShape: Shape { base.sampleShape }
  var classCount: Int? { base.classCount }

  func samples(at positions: [Int]) throws(DataError) -> Batch {
    var batch = try base.samples(at: positions.map { indices[$0] })
    batch.indices = positions
    return batch
  }
}
