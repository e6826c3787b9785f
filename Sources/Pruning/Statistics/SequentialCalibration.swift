import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// Statistics of one group after another, each on the network as pruned so far, without repeating for a group the work
/// done for those before it.
///
/// The values on the cut in front of a group's first reader are kept for all calibration batches, in a ``Frontier``.
/// The next pass begins there, with the decision for the group, and runs to the next group's readers. All passes
/// together cost one forward pass, and more only if a group is read at several depths: the part between its readers
/// then runs once more.
struct SequentialCalibration {
  private let data: any CalibrationData
  private let backend: any Backend
  private let batchSize: Int
  /// The values at which the last pass ended; none before the first.
  private(set) var frontier: Frontier
  /// The number of samples; known after the first pass.
  private(set) var sampleCount: Int

  /// Passes over `data` in batches of this size, from the beginning or from the end of earlier passes of the same kind.
  init(
    _ data: any CalibrationData, batchSize: Int, frontier: Frontier, sampleCount: Int = 0, backend: any Backend
  ) {
    self.data = data
    self.batchSize = batchSize
    self.backend = backend
    self.frontier = frontier
    self.sampleCount = sampleCount
  }

  /// Runs `pass` from the end of the last one, and moves the frontier to the cut of this one.
  mutating func advance(_ pass: CalibrationPass, progress: (Int) -> Void) throws(EspalierError) -> CalibrationPassRunner
  {
    var runner = CalibrationPassRunner(pass, on: backend)
    if frontier.count > 0 {
      var seen = 0
      frontier.beginPass()
      for index in 0..<frontier.count {
        let batch = try frontier.batch(at: index)
        try frontier.replace(at: index, by: try runner.run(batch))
        seen += batch.sampleCount
        progress(seen)
      }
    } else {
      let stream = try FrontierStream(data, batchSize: batchSize)
      while let batch = try stream.next() {
        try frontier.append(try runner.run(batch))
        progress(stream.sampleCount)
      }
      sampleCount = stream.sampleCount
    }
    try data.check(runner)
    return runner
  }

  /// Runs `pass` from the end of the last one, without moving the frontier.
  func look(_ pass: CalibrationPass, progress: (Int) -> Void) throws(EspalierError) -> CalibrationPassRunner {
    var runner = CalibrationPassRunner(pass, on: backend)
    var seen = 0
    for index in 0..<frontier.count {
      let batch = try frontier.batch(at: index)
      _ = try runner.run(batch)
      seen += batch.sampleCount
      progress(seen)
    }
    try data.check(runner)
    return runner
  }
}
