import EspalierExecution
import EspalierFiles
import EspalierOperators
import EspalierTensors

/// The batches of calibration data as values at the inputs of a network.
final class StoredActivationStream {
  /// The number of samples so far.
  private(set) var sampleCount = 0
  private var batchCount = 0
  private let name: String
  private let stream: any CalibrationStream

  /// All batches of `data`.
  init(_ data: any CalibrationData, batchSize: Int) throws(EspalierError) {
    name = data.name
    stream = try data.batches(of: batchSize)
  }

  /// The fold of `batch`, the last one taken.
  func fold(of batch: StoredActivationBatch, _ folds: Folds) -> Int {
    folds.fold(ofBatch: batchCount - 1, at: sampleCount - batch.sampleCount, size: batch.sampleCount)
  }

  /// The next batch; `nil` after the last.
  ///
  /// - Throws: `EspalierError` if there is none at all, or the data cannot be read.
  func next() throws(EspalierError) -> StoredActivationBatch? {
    guard let values = try stream.next() else {
      guard sampleCount > 0 else {
        throw EspalierError(.data, name, "holds no samples, and calibration needs at least one")
      }
      return nil
    }
    let samples = values.sampleCount
    sampleCount += samples
    batchCount += 1
    return StoredActivationBatch(
      values: values.mapValues(StoredValue.init), origin: values.mapValues(TensorType.init(of:)), sampleCount: samples)
  }
}
