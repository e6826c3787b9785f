import Files
import Tensors

/// A data set whose samples lie in a file, with its labels (which are small) in memory.
///
/// Streaming reads the file once from front to back, a batch at a time. Random access reads single samples by position;
/// a gzip file is decompressed whole into memory the first time, its elements as they are in the file.
struct StoredDataset: Dataset {
  let name: String
  let samples: StoredSamples
  let labels: [Int]?
  let classCount: Int?

  /// Puts labels to samples. `classCount` is one more than the largest label unless given.
  init(
    name: String, samples: StoredSamples, labels: (values: [Int], subject: String)?, classCount: Int? = nil
  ) throws(DataError) {
    self.name = name
    self.samples = samples
    self.labels = labels?.values
    self.classCount = try labels.map { labels throws(DataError) in
      let found = try Labels.check(labels.values, subject: labels.subject, sampleCount: samples.count)
      guard found <= classCount ?? found else {
        throw DataError(labels.subject, "has label \(found - 1), and \(name) has \(classCount ?? 0) classes")
      }
      return classCount ?? found
    }
  }

  var count: Int { samples.count }
  var sampleShape: Shape { samples.sampleShape }

  func samples(at indices: [Int]) throws(DataError) -> Batch {
    Batch(
      inputs: try samples.inputs(at: indices), labels: labels.map { labels in indices.map { labels[$0] } },
      indices: indices)
  }

  func stream(_ order: [Int]?, epoch: Int, batchSize: Int) throws(DataError) -> any BatchStream {
    if let order { return IndexedStream(self, order: order, batchSize: batchSize) }
    return try StoredStream(self, reader: samples.source.reader(from: samples.dataOffset), batchSize: batchSize)
  }
}

/// The samples of a file from front to back.
private final class StoredStream: BatchStream {
  private let dataset: StoredDataset
  private let reader: any ByteReader
  private let batchSize: Int
  private var position = 0

  init(_ dataset: StoredDataset, reader: any ByteReader, batchSize: Int) {
    precondition(batchSize > 0, "a batch has at least one sample")
    self.dataset = dataset
    self.reader = reader
    self.batchSize = batchSize
  }

  func next() throws(DataError) -> Batch? {
    let samples = dataset.samples
    let range = position..<min(samples.count, position + batchSize)
    guard !range.isEmpty else { return nil }
    let raw = try [UInt8](count: range.count * samples.sampleByteCount) { buffer throws(DataError) in
      try reader.readExactly(into: buffer)
    }
    let inputs = try samples.tensor(raw) { range.lowerBound + $0 }
    position = range.upperBound
    // The checksum of a compressed file stands after the last sample.
    if position == samples.count { try reader.expectEnd() }
    return Batch(inputs: inputs, labels: dataset.labels.map { Array($0[range]) }, indices: Array(range))
  }
}
