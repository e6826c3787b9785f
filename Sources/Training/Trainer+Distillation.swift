import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

extension Trainer {
  /// The network after training it, without labels, to compute what `teacher` computes, the network it was pruned from:
  /// the sum of relative squared errors at the points where the two meet, behind pruned blocks and at all outputs, is
  /// minimised. The teacher runs in inference on the same, augmented, samples; memory grows with the batch alone.
  ///
  /// - Parameter heldOut: Samples that are not learnt from. Where there are any, the network is that of the epoch, or
  ///   of the start, with the smallest ``DistillationError`` on them: what fits the samples seen may be worse on
  ///   others.
  /// - Throws: `EspalierError` if networks and data do not fit, or the loss stops being a number.
  package func distill(
    _ student: Graph, from teacher: Graph, on dataset: any Dataset, heldOut: (any Dataset)? = nil,
    progress: (Progress) -> Void = { _ in }
  ) throws(EspalierError) -> Graph {
    try distillation(of: student, from: teacher, on: dataset, heldOut: heldOut).finish(progress)
  }

  /// The same training, to be taken step by step, from its beginning or from a state of it.
  ///
  /// - Throws: `EspalierError` if networks and data do not fit, or the state is not one of this training.
  package func distillation(
    of student: Graph, from teacher: Graph, on dataset: any Dataset, heldOut: (any Dataset)? = nil,
    continuing state: TrainingState? = nil
  ) throws(EspalierError) -> TrainingRun {
    let distillation = try Distillation(
      student.preparedForTraining(), from: teacher.preparedForTraining(), on: dataset)
    let judge = heldOut.map { samples in
      TrainingRun.Judge(dataset: samples) { (network) throws(EspalierError) in
        try DistillationError(of: network, from: teacher, on: samples, batchSize: options.batchSize, backend: backend)
          .error
      }
    }
    return try TrainingRun(distillation, on: dataset, options, backend: backend, judge: judge, from: state)
  }
}

/// How far a small network, in inference, is from the one it was pruned from.
package struct DistillationError: Hashable, Sendable, Codable {
  /// The values at which the two are compared: behind pruned blocks, and the outputs.
  package let points: [String]
  /// The sum over the points of `||student - teacher||^2 / ||teacher||^2`, its mean over batches weighted by their
  /// sizes.
  package let error: Double
  /// How many samples were looked at.
  package let count: Int

  /// Compares the two on the first `limit` samples of `dataset`.
  ///
  /// - Throws: `EspalierError` if networks and data do not fit.
  package init(
    of student: Graph, from teacher: Graph, on dataset: any Dataset, limit: Int = 1024, batchSize: Int = 128,
    backend: any Backend = Backends.standard
  ) throws(EspalierError) {
    let distillation = try Distillation(
      student.preparedForTraining(), from: teacher.preparedForTraining(), on: dataset)
    let stream = try dataset.representatives(limit).stream(batchSize: batchSize)
    var (sum, count) = (0.0, 0)
    var compiled: (feeds: [String: TensorType], session: Session, value: String)?
    while let batch = try stream.next() {
      let inputs = distillation.inputs(batch)
      if compiled?.feeds != inputs.types {
        let loss = try distillation.loss(on: distillation.network, batchSize: batch.count)
        let plan = try Plan(loss.graph, feeds: inputs.types, results: [loss.value])
        compiled = (inputs.types, try Session(plan, on: backend), loss.value)
      }
      guard let (_, session, value) = compiled else { break }
      try session.feed(inputs)
      session.run()
      sum += Double(batch.count) * Double(try session.buffer(value).floats[0])
      count += batch.count
    }
    points = distillation.points
    error = sum / Double(max(count, 1))
    self.count = count
  }
}
