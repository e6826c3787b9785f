import Engine
import Execution
import Files
import Graph
import Operators
import Tensors

/// Statistics of one group after another, each on the network as it is pruned by then, without running for a group what was run
/// for those before it.
///
/// The values on the cut in front of a group's first reader are kept for all calibration batches, a ``Frontier``. The next pass
/// begins there, with what was decided for the group, and runs to the next group's readers. All passes together cost one forward
/// pass, and more only where a group is read at several depths: there the part between its readers is run once more.
struct SequentialCalibration {
  private let data: any CalibrationData
  private let backend: any Backend
  private let batchSize: Int
  private var frontier: Frontier
  private var isStarted = false
  /// How many samples there are; known after the first pass.
  private(set) var sampleCount = 0

  init(_ data: any CalibrationData, batchSize: Int, memory: Int, backend: any Backend) {
    self.data = data
    self.batchSize = batchSize
    self.backend = backend
    frontier = Frontier(budget: memory)
  }

  /// Makes `pass` from where the last one ended, and leaves the frontier at the cut of this one.
  mutating func advance(_ pass: CalibrationPass, progress: (Int) -> Void) throws -> CalibrationPassRunner {
    var runner = CalibrationPassRunner(pass, on: backend)
    if isStarted {
      var seen = 0
      try frontier.advance { batch in
        let next = try runner.run(batch)
        seen += batch.sampleCount
        progress(seen)
        return next
      }
    } else {
      var first = frontier
      sampleCount = try data.forEachFrontierBatch(of: batchSize, progress) { try first.append(try runner.run($0)) }
      frontier = first
      isStarted = true
    }
    try data.check(runner)
    return runner
  }

  /// Makes `pass` from where the last one ended, and leaves the frontier where it is.
  func look(_ pass: CalibrationPass, progress: (Int) -> Void) throws -> CalibrationPassRunner {
    var runner = CalibrationPassRunner(pass, on: backend)
    var seen = 0
    try frontier.forEach { batch in
      _ = try runner.run(batch)
      seen += batch.sampleCount
      progress(seen)
    }
    try data.check(runner)
    return runner
  }
}
