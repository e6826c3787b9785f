import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierProcesses
import EspalierTensors

/// One step of training: sessions that compute the loss and all gradients, and the optimiser's memory.
///
/// Parameters live in the sessions and are updated there; ``learnt`` and ``optimizerState`` copy the state out, and
/// ``restore(_:optimizer:taken:)`` restores it. Batches of text differ in shape: each shape has a session, all on the
/// same parameters.
final class TrainingStep {
  private let compiler: TrainingCompiler
  private let optimizer: any Optimizer
  private let clipping: GradientClipping?
  private let accumulator: GradientAccumulator
  private var sessions: [[String: TensorType]: TrainingSession]
  private var evaluations: [[String: TensorType]: LossSession] = [:]
  private let largest: TrainingSession
  private let memory: OptimizerMemory
  private let processes: any ProcessGroup
  /// Steps taken.
  private(set) var taken = 0

  /// Compiles the network of `objective` with its loss and gradients for batches of the options' size.
  ///
  /// - Parameter processes: The processes that share the batches of a step; all take it, to the same parameters.
  init(
    _ objective: any Objective, _ options: TrainingOptions, backend: any Backend,
    among processes: any ProcessGroup = SingleProcess()
  ) throws(EspalierError) {
    self.processes = processes
    compiler = try TrainingCompiler(objective, options, backend: backend)
    largest = try compiler.session(for: nil, sharing: nil)
    sessions = [largest.feeds: largest]
    memory = OptimizerMemory(options.optimizer, counts: largest.values.map(\.count))
    let sums = options.accumulation > 1 || processes.isShared
    accumulator = GradientAccumulator(counts: sums ? largest.values.map(\.count) : [], among: processes)
    optimizer = options.optimizer
    clipping = options.clipping
  }

  /// Takes one step on the mean loss of `batches`, and returns that loss before the step.
  func callAsFunction(_ batches: [Batch], stepSize: Double) throws(EspalierError) -> Double {
    try self(batches.map { ($0, BatchRound(index: 0, position: 0, sizes: [$0.count])) }, stepSize: stepSize)
  }

  /// Takes one step on the mean loss of the batches of some rounds, and returns that loss before the step.
  ///
  /// Losses, gradients and batch statistics are taken in the order of the batches, whichever process has computed them:
  /// a step is the same for any number of processes.
  func callAsFunction(_ shares: [SharedBatchStream.Share], stepSize: Double) throws(EspalierError) -> Double {
    let work = try shares.map { (share) throws(EspalierError) in try Work(share, of: self) }
    let batchCount = work.reduce(0) { $0 + $1.batchCount }
    taken += 1
    let isSum = batchCount > 1 || processes.isShared
    let gradients = isSum ? accumulator.sums : work[0].session.gradients
    let parameters = largest.values.indices.map { index in
      OptimizedParameter(
        value: largest.values[index], gradient: gradients[index], state: memory.states[index],
        workspace: memory.workspaces[index], decays: compiler.decays[index])
    }
    var failure: EspalierError?
    var statistics: [[Float]] = []
    let step = OptimizationStep(parameters, number: taken, stepSize: Float(stepSize)) {
      [clipping, accumulator, processes] in
      var (loss, position) = (0.0, 0)
      statistics = []
      for part in work {
        var own = 0.0
        do throws(EspalierError) { own = try part.run() } catch { failure = failure ?? error }
        for other in processes.all(own).prefix(part.batchCount) { loss += other }
        if isSum {
          accumulator.add(
            part.session.gradients, from: part.batchCount, share: 1 / Float(batchCount), isFirst: position == 0)
        }
        statistics += processes.all(part.session.batchStatistics).prefix(part.batchCount)
        position += part.batchCount
      }
      if isSum { accumulator.complete() }
      clipping?.clip(gradients)
      return loss / Double(batchCount)
    }
    let before = optimizer.take(step)
    if let failure { throw failure }
    for batch in statistics { largest.follow(batch) }
    return before
  }

  /// What a process has to do in one round of a step.
  private struct Work {
    /// The session of the own batch; that of the largest batches if there is none.
    let session: TrainingSession
    /// The number of batches in the round.
    let batchCount: Int
    private let inputs: [String: Tensor]?

    init(_ share: SharedBatchStream.Share, of step: TrainingStep) throws(EspalierError) {
      batchCount = share.round.sizes.count
      // In the first round a process without a batch is given that of another, which is not its own to learn from.
      let own = step.processes.rank < batchCount ? share.batch : nil
      inputs = own.map(step.compiler.objective.inputs)
      session = try inputs.map { (inputs) throws(EspalierError) in try step.session(for: inputs.types) } ?? step.largest
    }

    /// Computes the loss of the own batch and its gradients; 0 without one.
    func run() throws(EspalierError) -> Double {
      try inputs.map { (inputs) throws(EspalierError) in try session.run(inputs) } ?? 0
    }
  }

  /// The loss of `batch`, without a step; the running statistics stay.
  func loss(_ batch: Batch) throws(EspalierError) -> Double {
    let inputs = compiler.objective.inputs(batch)
    if let session = evaluations[inputs.types] { return try session.run(inputs) }
    let session = try compiler.evaluation(for: inputs.types, sharing: largest)
    evaluations[inputs.types] = session
    return try session.run(inputs)
  }

  private func session(for types: [String: TensorType]) throws(EspalierError) -> TrainingSession {
    if let session = sessions[types] { return session }
    let session = try compiler.session(for: types, sharing: largest)
    sessions[types] = session
    return session
  }

  /// The current parameters and running statistics.
  var learnt: TrainedValues {
    get throws(EspalierError) { try largest.learnt(compiler.names) }
  }

  /// The state of the optimiser.
  var optimizerState: [String: [String: Tensor]] { memory.state(of: parameters) }

  /// Restores values of ``learnt`` and ``optimizerState`` saved after `taken` steps.
  ///
  /// - Throws: `EspalierError` if a value is missing or has another shape.
  func restore(_ values: TrainedValues, optimizer state: [String: [String: Tensor]], taken: Int) throws(EspalierError) {
    try largest.restore(values, compiler.names)
    try memory.restore(state, of: parameters)
    self.taken = taken
  }

  /// The network with these values.
  func network(with values: TrainedValues) -> Graph {
    var network = compiler.objective.network
    largest.store(values, in: &network)
    return network
  }

  private var parameters: [(name: String, shape: Shape)] {
    compiler.names.map { ($0, compiler.objective.network.constants[$0]?.shape ?? []) }
  }
}
