import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import EspalierTraining

/// Trains a small network towards the large one that it was pruned from, on unlabelled inputs, in a given time and
/// without settings: block by block, then as a whole.
///
/// For each block in order, the large network's values at its end are the targets, and the small network's own values
/// at its beginning the input, so that each block mends what those in front of it have changed. All outputs are learnt
/// at the end. Nothing becomes worse: a part whose error on held-out inputs does not fall keeps its parameters, and so
/// does the whole network.
///
/// Source: Y. Li et al., "BRECQ: Pushing the limit of post-training quantization by block reconstruction" (ICLR 2021),
/// section 3, for quantisation.
package struct BlockwiseDistillation: Sendable {
  /// A network that has learnt, and the record of how.
  package struct Result: Sendable {
    /// The network.
    package let graph: Graph
    /// The record.
    package let record: DistillationRecord
  }

  /// A progress event.
  package enum Event: Sendable {
    /// `steps` steps were taken on block `number` of `count` (0 of them: the whole network).
    case step(round: Int, number: Int, of: Int, steps: Int)
    /// A block, or the whole network, was trained.
    case trained(DistillationRecord.Block, number: Int, of: Int)
  }

  /// The time that it takes in all, in seconds.
  package var seconds: Double
  /// The number of inputs in a step, fewer if memory does not suffice or the network fixes it.
  package var batchSize = 32
  /// The most inputs held out.
  package var heldOutAtMost = 256
  /// The number of inputs used in all; `nil` for all.
  package var samples: Int?
  /// How the time is shared out.
  package var shares = DistillationShares()
  /// The seed of the order of the inputs.
  package var seed: UInt64 = 0
  /// The backend that networks run on.
  package var backend: any Backend
  /// Where what is learnt is kept on the way, and the distillation goes on from; `nil` if it is not.
  package var checkpoints: Checkpoints?
  /// The clock, in seconds; `nil` for the system's.
  package var clock: (@Sendable () -> Double)?

  /// A distillation that takes `seconds`.
  package init(seconds: Double, backend: any Backend = Backends.standard) {
    (self.seconds, self.backend) = (seconds, backend)
  }

  /// Trains `student` towards `teacher` on the inputs of `data`.
  ///
  /// - Parameter dropped: What the student's values lack of the teacher's, if known: without it, blocks end only where
  ///   the two have values of the same shape.
  /// - Throws: `EspalierError` if the networks do not belong together, do not fit the data, or no output can be learnt.
  /// - Complexity: ``seconds``; memory does not grow with the number of inputs.
  package func run(
    _ student: Graph, from teacher: Graph, on data: DatasetCalibration,
    dropped: DroppedElements = DroppedElements(), progress: (Event) -> Void = { _ in }
  ) throws(EspalierError) -> Result {
    let saved = try checkpoints.map { (checkpoints) throws(EspalierError) in
      try SavedDistillation(of: student, from: teacher, self, inputs: data.count, in: checkpoints)
    }
    let spent = saved?.state?.seconds ?? 0
    let budget = TimeBudget(seconds: max(0, seconds - spent), clock: clock)
    let begin = budget.now()
    let (seen, heldOut) = data.divided(
      limit: samples, heldOutAtMost: heldOutAtMost, multiple: student.fixedBatch ?? 1)
    let size = try batchSize(for: student, atMost: min(seen.count, heldOut?.count ?? seen.count), data)
    let judged = try (heldOut ?? seen).stored(inBatchesOf: size, seed: seed)
    let networks = try DistillationNetworks(
      student, from: teacher.takingInputs(of: student), dropped: dropped, feeds: judged.types)
    let outputs = PartRunner(networks.teacherPart(networks.whole), on: backend)
    let start = budget.now()
    let judgedValues = try DistillationValues(judged, outputs: outputs)
    let secondsPerInput = (budget.now() - start) / Double(judged.sampleCount)
    let affordable = DistillationShares.inputs(
      in: budget.remaining, secondsPerInput: secondsPerInput, atLeast: 4 * size)
    let inputs =
      heldOut == nil ? judged : try seen.thinned(to: affordable, multiple: size).stored(inBatchesOf: size, seed: seed)
    var job = try DistillationJob(
      networks, saved, seen: heldOut == nil ? judgedValues : DistillationValues(inputs, outputs: outputs),
      heldOut: judgedValues, forwardSeconds: secondsPerInput * Double(inputs.sampleCount), self, budget)
    if let checkpoints {
      try checkpoints.deferringSignals { () throws(EspalierError) in
        do throws(EspalierError) {
          try job.run(progress)
        } catch {
          if error.kind == .interrupted { try job.keepWhatIsLearnt() }
          throw error
        }
        try saved?.keep(job.best, used: max(seconds, budget.now() - begin))
      }
    } else {
      try job.run(progress)
    }
    return Result(
      graph: job.best,
      record: DistillationRecord(
        seconds: spent + budget.now() - begin, samples: inputs.sampleCount, available: seen.count,
        heldOut: judged.sampleCount,
        measuresSeen: heldOut == nil, blocks: job.trained, untrained: job.untrained, outputs: job.outputs))
  }

  /// The largest batch whose values, and gradients of them, take at most half of the memory.
  private func batchSize(
    for student: Graph, atMost most: Int, _ data: DatasetCalibration
  ) throws(EspalierError) -> Int {
    if let fixed = student.fixedBatch { return fixed }
    var size = max(1, min(batchSize, most))
    while size > 1, try 2 * student.valueByteCount(data.feedTypes(count: size)) > SystemMemory.byteCount / 2 {
      size = (size + 1) / 2
    }
    return size
  }
}
