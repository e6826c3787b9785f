import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// The statistics of the inputs of the layers that read groups, gathered in one streamed pass over calibration data.
struct Calibration {
  /// The statistics of each layer's input.
  let statistics: [GroupReading: ActivationStatistics]
  /// The number of samples.
  let sampleCount: Int

  /// Runs `pass` once over `data`.
  ///
  /// - Parameters:
  ///   - batchSize: The largest number of samples in one run; memory grows with it alone.
  ///   - progress: Receives the number of samples done.
  /// - Throws: `EspalierError` if there is no data, or it does not fit the network.
  init(
    _ pass: CalibrationPass, on data: any CalibrationData, batchSize: Int, backend: any Backend,
    progress: (Int) -> Void
  ) throws(EspalierError) {
    var runner = CalibrationPassRunner(pass, on: backend)
    let stream = try StoredActivationStream(
      data, batchSize: pass.batchSize(atMost: batchSize, of: data.count), among: pass.processes)
    while let (batch, round) = try stream.next() {
      _ = try runner.run(batch, in: round)
      progress(stream.sampleCount)
    }
    sampleCount = stream.sampleCount
    try runner.finish(on: data)
    statistics = runner.statistics
  }
}
