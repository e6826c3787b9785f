import EspalierDatasets
import EspalierExecution
import EspalierFiles
import EspalierOperators
import EspalierProcesses
import EspalierTensors

/// The batches of calibration data as values at the inputs of a network, one for each process in a round.
final class StoredActivationStream {
  /// The own batch of a round, if there is one, and the round.
  typealias Share = (batch: StoredActivationBatch?, round: BatchRound)

  /// The number of samples so far, those of all processes.
  private(set) var sampleCount = 0
  private let name: String
  private let rank: Int
  private let stream: any SharedCalibrationStream

  /// All batches of `data`.
  init(_ data: any CalibrationData, batchSize: Int, among processes: any ProcessGroup) throws(EspalierError) {
    name = data.name
    rank = processes.rank
    stream = try data.batches(of: batchSize, among: processes)
  }

  /// The next round; `nil` after the last.
  ///
  /// - Throws: `EspalierError` if there is none at all, or the data cannot be read.
  func next() throws(EspalierError) -> Share? {
    guard let (inputs, round) = try stream.next() else {
      guard sampleCount > 0 else {
        throw EspalierError(.data, name, "holds no samples, and calibration needs at least one")
      }
      return nil
    }
    sampleCount = round.end
    let batch = inputs.map { values in
      StoredActivationBatch(
        values: values.mapValues(StoredValue.init), origin: values.mapValues(TensorType.init(of:)),
        sampleCount: round.sizes[rank % round.sizes.count])
    }
    return (batch, round)
  }
}
