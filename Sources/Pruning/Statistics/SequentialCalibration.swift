import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// Statistics of one group after another, each on the network as pruned so far, without repeating for a group the work
/// done for those before it.
///
/// The values on the cut in front of a group's first reader are kept for all calibration batches, in a
/// ``StoredActivations``. The next pass begins there, with the decision for the group, and runs to the next group's
/// readers. All passes together cost one forward pass, and more only if a group is read at several depths: the part
/// between its readers then runs once more.
///
/// A signal that is deferred ends a pass between two batches; its calibration is then of no further use.
struct SequentialCalibration {
  private let data: any CalibrationData
  private let backend: any Backend
  private let batchSize: Int
  /// The values at which the last pass ended; none before the first.
  private(set) var storedActivations: StoredActivations
  /// The number of samples; known after the first pass.
  private(set) var sampleCount: Int

  /// Passes over `data` in batches of this size, from the beginning or from the end of earlier passes of the same kind.
  init(
    _ data: any CalibrationData, batchSize: Int, storedActivations: StoredActivations, sampleCount: Int = 0,
    backend: any Backend
  ) {
    self.data = data
    self.batchSize = batchSize
    self.backend = backend
    self.storedActivations = storedActivations
    self.sampleCount = sampleCount
  }

  /// Runs `pass` from the end of the last one, and moves the stored activations to the cut of this one.
  mutating func advance(_ pass: CalibrationPass, progress: (Int) -> Void) throws(EspalierError) -> CalibrationPassRunner
  {
    var runner = CalibrationPassRunner(pass, on: backend)
    if storedActivations.count > 0 {
      var seen = 0
      storedActivations.beginPass()
      for index in 0..<storedActivations.count {
        try Interruption.check()
        let batch = try storedActivations.batch(at: index)
        let fold = pass.folds.fold(ofBatch: index, at: seen, size: batch.sampleCount)
        try storedActivations.replace(at: index, by: try runner.run(batch, fold: fold))
        seen += batch.sampleCount
        progress(seen)
      }
    } else {
      let stream = try StoredActivationStream(data, batchSize: batchSize)
      while let batch = try stream.next() {
        try Interruption.check()
        try storedActivations.append(try runner.run(batch, fold: stream.fold(of: batch, pass.folds)))
        progress(stream.sampleCount)
      }
      sampleCount = stream.sampleCount
    }
    try data.check(runner)
    return runner
  }

  /// Runs `pass` from the end of the last one, without moving the storedActivations.
  func look(_ pass: CalibrationPass, progress: (Int) -> Void) throws(EspalierError) -> CalibrationPassRunner {
    var runner = CalibrationPassRunner(pass, on: backend)
    var seen = 0
    for index in 0..<storedActivations.count {
      try Interruption.check()
      let batch = try storedActivations.batch(at: index)
      _ = try runner.run(batch)
      seen += batch.sampleCount
      progress(seen)
    }
    try data.check(runner)
    return runner
  }
}
