import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierInputs
import EspalierProcesses
import EspalierTensors

/// Calibration inputs streamed from a data set; labels are ignored.
package struct DatasetCalibration: CalibrationData {
  let dataset: any Dataset
  let adapter: InputAdapter

  /// The samples of `dataset` as inputs of `graph`: of its only input, or of all if samples have several fields.
  ///
  /// - Throws: `EspalierError` if the samples do not fit the inputs.
  package init(_ dataset: any Dataset, for graph: Graph) throws(EspalierError) {
    self.dataset = dataset
    adapter = try InputAdapter(dataset, for: graph)
  }

  private init(_ dataset: any Dataset, _ adapter: InputAdapter) {
    self.dataset = dataset
    self.adapter = adapter
  }

  /// The same inputs of another order or number, from a part of the data.
  func replacing(_ dataset: any Dataset) -> DatasetCalibration { DatasetCalibration(dataset, adapter) }

  /// The name of the data in messages.
  package var name: String { dataset.name }

  /// The number of samples.
  package var count: Int { dataset.count }

  package var isSortedByLength: Bool { dataset.lengths != nil }

  /// The error of each sample skipped so far.
  package var skipped: [EspalierError] { dataset.skipped }

  /// Streams the samples in file order, or sorted by length if lengths differ, to reduce padding.
  package func batches(of size: Int) throws(EspalierError) -> any CalibrationStream {
    AdaptedStream(try dataset.stream(order(inBatchesOf: size), epoch: 0, batchSize: size), adapter)
  }

  /// The same batches, of which each process reads its own alone.
  package func batches(of size: Int, among processes: any ProcessGroup) -> any SharedCalibrationStream {
    AdaptedShares(
      SharedBatchStream(dataset, order(inBatchesOf: size), batchSize: size, among: processes), adapter)
  }

  private func order(inBatchesOf size: Int) -> [Int]? {
    dataset.lengths.map { LengthBuckets($0, batchSize: size).order(Array(0..<dataset.count)) }
  }
}

/// The batches of a data set as inputs of a network.
private final class AdaptedStream: CalibrationStream {
  private let stream: any BatchStream
  private let adapter: InputAdapter

  init(_ stream: any BatchStream, _ adapter: InputAdapter) {
    self.stream = stream
    self.adapter = adapter
  }

  func next() throws(EspalierError) -> [String: Tensor]? { try stream.next().map { adapter($0) } }
}

/// The shares of a process in the batches of a data set, as inputs of a network.
private final class AdaptedShares: SharedCalibrationStream {
  private let stream: SharedBatchStream
  private let adapter: InputAdapter

  init(_ stream: SharedBatchStream, _ adapter: InputAdapter) {
    self.stream = stream
    self.adapter = adapter
  }

  func next() throws(EspalierError) -> (inputs: [String: Tensor]?, round: BatchRound)? {
    try stream.next().map { share in (share.batch.map { adapter($0) }, share.round) }
  }
}
