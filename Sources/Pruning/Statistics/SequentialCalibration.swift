import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierProcesses
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
  private let processes: any ProcessGroup
  /// The values at which the last pass ended, for the batches of this process; none before the first pass.
  private(set) var storedActivations: StoredActivations
  /// The number of samples of each batch, those of all processes; known after the first pass.
  private(set) var sizes: [Int]

  /// Passes over `data` in batches of this size, from the beginning or from the end of earlier passes of the same kind.
  init(
    _ data: any CalibrationData, batchSize: Int, storedActivations: StoredActivations, sizes: [Int] = [],
    backend: any Backend, among processes: any ProcessGroup
  ) {
    self.data = data
    self.batchSize = batchSize
    self.backend = backend
    self.processes = processes
    self.storedActivations = storedActivations
    self.sizes = sizes
  }

  /// The number of samples; known after the first pass.
  var sampleCount: Int { sizes.reduce(0, +) }

  private var rounds: [BatchRound] { BatchRound.all(of: sizes, among: processes.count) }

  /// Runs `pass` from the end of the last one, and moves the stored activations to the cut of this one.
  mutating func advance(_ pass: CalibrationPass, progress: (Int) -> Void) throws(EspalierError) -> CalibrationPassRunner
  {
    var runner = CalibrationPassRunner(pass, on: backend)
    if storedActivations.count > 0 {
      storedActivations.beginPass()
      for (index, round) in rounds.enumerated() {
        try Interruption.check()
        if let values = try runner.run(storedBatch(index), in: round) {
          try storedActivations.replace(at: index, by: values)
        }
        progress(round.end)
      }
    } else {
      let stream = try StoredActivationStream(data, batchSize: batchSize, among: processes)
      sizes = []
      while let (batch, round) = try stream.next() {
        try Interruption.check()
        if let values = try runner.run(batch, in: round) { try storedActivations.append(values) }
        sizes += round.sizes
        progress(round.end)
      }
    }
    try runner.finish(on: data)
    return runner
  }

  /// Runs `pass` from the end of the last one, without moving the storedActivations.
  func look(_ pass: CalibrationPass, progress: (Int) -> Void) throws(EspalierError) -> CalibrationPassRunner {
    var runner = CalibrationPassRunner(pass, on: backend)
    for (index, round) in rounds.enumerated() {
      try Interruption.check()
      _ = try runner.run(storedBatch(index), in: round)
      progress(round.end)
    }
    try runner.finish(on: data)
    return runner
  }

  /// The batch of this process in a round; `nil` if there is none.
  private func storedBatch(_ round: Int) throws(EspalierError) -> StoredActivationBatch? {
    round < storedActivations.count ? try storedActivations.batch(at: round) : nil
  }
}
