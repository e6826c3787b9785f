import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
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
  /// Steps taken.
  private(set) var taken = 0

  /// Compiles the network of `objective` with its loss and gradients for batches of the options' size.
  init(_ objective: any Objective, _ options: TrainingOptions, backend: any Backend) throws(EspalierError) {
    compiler = try TrainingCompiler(objective, options, backend: backend)
    largest = try compiler.session(for: nil, sharing: nil)
    sessions = [largest.feeds: largest]
    memory = OptimizerMemory(options.optimizer, counts: largest.values.map(\.count))
    accumulator = GradientAccumulator(counts: options.accumulation > 1 ? largest.values.map(\.count) : [])
    optimizer = options.optimizer
    clipping = options.clipping
  }

  /// Takes one step on the mean loss of `batches`, and returns that loss before the step.
  func callAsFunction(_ batches: [Batch], stepSize: Double) throws(EspalierError) -> Double {
    let work = try batches.map { (batch) throws(EspalierError) in
      let inputs = compiler.objective.inputs(batch)
      return (session: try session(for: inputs.types), inputs: inputs)
    }
    taken += 1
    let gradients = work.count > 1 ? accumulator.sums : work[0].session.gradients
    let parameters = largest.values.indices.map { index in
      OptimizedParameter(
        value: largest.values[index], gradient: gradients[index], state: memory.states[index],
        workspace: memory.workspaces[index], decays: compiler.decays[index])
    }
    var failure: EspalierError?
    let step = OptimizationStep(parameters, number: taken, stepSize: Float(stepSize)) { [clipping, accumulator] in
      var loss = 0.0
      for (position, (session, inputs)) in work.enumerated() {
        do throws(EspalierError) { loss += try session.run(inputs) } catch { failure = failure ?? error }
        if work.count > 1 { accumulator.add(session.gradients, share: 1 / Float(work.count), isFirst: position == 0) }
      }
      clipping?.clip(gradients)
      return loss / Double(work.count)
    }
    let before = optimizer.take(step)
    if let failure { throw failure }
    for (session, _) in work { session.followStatistics() }
    return before
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
