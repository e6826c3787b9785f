import EspalierFiles
import EspalierTensors

/// A data set with samples in a file and labels, which are small, in memory.
///
/// Streaming in file order, of all samples or some, reads the file once from front to back, a batch at a time. Random
/// access reads single samples by position; a gzip file is then decompressed whole into memory the first time.
struct StoredDataset: Dataset {
  let name: String
  let samples: StoredSamples
  let labels: [Int]?
  let classCount: Int?

  /// Samples with labels. `classCount` is by default the largest label plus one.
  init(
    name: String, samples: StoredSamples, labels: (values: [Int], subject: String)?, classCount: Int? = nil
  ) throws(EspalierError) {
    self.name = name
    self.samples = samples
    self.labels = labels?.values
    self.classCount = try labels.map { labels throws(EspalierError) in
      let found = try Labels.check(labels.values, subject: labels.subject, sampleCount: samples.count)
      guard found <= classCount ?? found else {
        throw EspalierError(.data, labels.subject, "has label \(found - 1), and \(name) has \(classCount ?? 0) classes")
      }
      return classCount ?? found
    }
  }

  var count: Int { samples.count }
  var sampleShape: Shape { samples.sampleShape }

  func samples(at indices: [Int]) throws(EspalierError) -> Batch {
    Batch(
      try samples.inputs(at: indices), labels: labels.map { labels in indices.map { labels[$0] } },
      indices: indices)
  }

  func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(EspalierError) -> any BatchStream {
    let order = order ?? Array(0..<count)
    guard zip(order, order.dropFirst()).allSatisfy({ $0 < $1 }) else {
      return IndexedStream(self, order: order, batchSize: batchSize)
    }
    return try StoredStream(
      self, order: order, reader: samples.source.reader(from: samples.dataOffset), batchSize: batchSize)
  }
}

/// Samples of a file from front to back, skipping others.
private final class StoredStream: BatchStream {
  private let dataset: StoredDataset
  private var order: ArraySlice<Int>
  private let reader: ByteReader
  private let batchSize: Int
  /// The index of the sample at the reader's position.
  private var position = 0

  /// The samples in `order`, ascending.
  init(_ dataset: StoredDataset, order: [Int], reader: ByteReader, batchSize: Int) {
    precondition(batchSize > 0, "a batch has at least one sample")
    self.dataset = dataset
    self.order = order[...]
    self.reader = reader
    self.batchSize = batchSize
  }

  func next() throws(EspalierError) -> Batch? {
    let (samples, indices) = (dataset.samples, Array(order.prefix(batchSize)))
    guard !indices.isEmpty else { return nil }
    order = order.dropFirst(batchSize)
    let size = samples.sampleByteCount
    let raw = try [UInt8](count: indices.count * size) { buffer throws(EspalierError) in
      var start = 0
      while start < indices.count {
        let end = indices.endOfRun(from: start)
        try reader.skip((indices[start] - position) * size)
        try reader.readExactly(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start * size..<end * size]))
        position = indices[end - 1] + 1
        start = end
      }
    }
    let inputs = try samples.tensor(raw) { indices[$0] }
    // The checksum of a compressed file follows the last sample.
    if position == samples.count { try reader.expectEnd() }
    return Batch(inputs, labels: dataset.labels.map { labels in indices.map { labels[$0] } }, indices: indices)
  }
}

extension [Int] {
  /// The end of the run of consecutive numbers that begins at `start`.
  func endOfRun(from start: Int) -> Int {
    var end = start + 1
    while end < count, self[end] == self[end - 1] + 1 { end += 1 }
    return end
  }
}
