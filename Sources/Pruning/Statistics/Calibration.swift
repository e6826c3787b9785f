import Engine
import Execution
import Files
import Graph
import Operators
import Tensors

/// The statistics of what enters the layers that read groups, gathered in one streamed pass over calibration data.
struct Calibration {
  /// The statistics of each layer's input.
  let statistics: [GroupReading: ActivationStatistics]
  /// How many samples were seen.
  let sampleCount: Int

  /// Makes `pass` once over `data`.
  ///
  /// - Parameters:
  ///   - batchSize: Samples in one run at most; memory grows with it, and with nothing else.
  ///   - progress: Told how many samples are done.
  /// - Throws: `EspalierError` if there is no data, or it does not fit the network.
  init(
    _ pass: CalibrationPass, on data: any CalibrationData, batchSize: Int, backend: any Backend,
    progress: (Int) -> Void
  ) throws {
    var runner = CalibrationPassRunner(pass, on: backend)
    sampleCount = try data.forEachFrontierBatch(of: try pass.batchSize(atMost: batchSize, of: data.count), progress) {
      _ = try runner.run($0)
    }
    try data.check(runner)
    statistics = runner.statistics
  }
}

extension CalibrationData {
  /// Calls `body` with the batches as what a network is computed from, and says how many samples there were.
  ///
  /// - Throws: `EspalierError` if there are none.
  func forEachFrontierBatch(
    of size: Int, _ progress: (Int) -> Void, _ body: (FrontierBatch) throws -> Void
  ) throws -> Int {
    var seen = 0
    try forEachBatch(of: size) { values in
      let samples = values.values.first?.shape.first ?? 0
      try body(
        FrontierBatch(
          values: values.mapValues(StoredValue.init), origin: values.mapValues(TensorType.init(of:)),
          sampleCount: samples))
      seen += samples
      progress(seen)
    }
    guard seen > 0 else { throw EspalierError(.data, name, "holds no samples, and calibration needs at least one") }
    return seen
  }

  /// Refuses sums that single precision did not hold.
  func check(_ runner: CalibrationPassRunner) throws {
    guard let value = runner.overflow else { return }
    throw EspalierError(
      .data, name, "drives \"\(value)\" beyond the range of single precision", remedy: "check how the data is scaled")
  }
}
