import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

extension Trainer {
  /// Trains the network, without labels, to reproduce `teacher`, the network it was pruned from: minimises the sum of
  /// relative squared errors at the points where the two correspond, behind pruned blocks and at all outputs. The
  /// teacher runs in inference mode on the same augmented samples; memory grows with the batch alone.
  ///
  /// - Parameter heldOut: Samples withheld from training. If there are any, the result is the network at the start, or
  ///   after the epoch, with the smallest ``DistillationError`` on them, to prevent overfitting.
  /// - Throws: `EspalierError` if networks and data do not fit, or the loss is not finite.
  package func distill(
    _ student: Graph, from teacher: Graph, on dataset: any Dataset, heldOut: (any Dataset)? = nil,
    progress: (Progress) -> Void = { _ in }
  ) throws(EspalierError) -> Graph {
    try distillation(of: student, from: teacher, on: dataset, heldOut: heldOut).finish(progress)
  }

  /// The same training as a run of single steps, from the beginning or from `state`.
  ///
  /// - Throws: `EspalierError` if networks and data do not fit, or the state belongs to another training.
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
    return try TrainingRun(
      distillation, on: dataset, options, backend: backend, judge: judge, from: state,
      checkpoints: checkpoints, among: processes)
  }
}

/// The distance of a small network, in inference mode, from the one it was pruned from.
package struct DistillationError: Hashable, Sendable, Codable {
  /// The values compared: behind pruned blocks, and the outputs.
  package let points: [String]
  /// The sum over the points of `||student - teacher||^2 / ||teacher||^2`, averaged over batches weighted by size.
  package let error: Double
  /// The number of samples.
  package let count: Int

  /// The error at `points`, measured on `count` samples.
  package init(points: [String], error: Double, count: Int) {
    (self.points, self.error, self.count) = (points, error, count)
  }

  /// Compares the two on the first `limit` samples of `dataset`.
  ///
  /// - Throws: `EspalierError` if networks and data do not fit, and of kind `interrupted` after a signal.
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
      try Interruption.check()
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
