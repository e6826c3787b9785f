import Datasets
import Engine
import Execution
import Files
import Graph
import Operators
import Tensors

/// One step of training: sessions that compute the loss and all gradients, and the optimiser's state.
///
/// Parameters live in the sessions and are changed there; ``trained`` copies them out. Batches of text differ in shape: each shape
/// has a session, all on the same parameters.
final class TrainingStep {
  private let compiler: TrainingCompiler
  private let optimizer: any Optimizer
  private let clipping: GradientClipping?
  private let accumulator: GradientAccumulator
  private var sessions: [[String: TensorType]: TrainingSession]
  private let largest: TrainingSession
  private let states: [UnsafeMutableBufferPointer<Float>]
  private var taken = 0

  /// Compiles the network of `objective` with its loss and gradients for batches of the options' size.
  init(_ objective: any Objective, _ options: TrainingOptions, backend: any Backend) throws {
    compiler = try TrainingCompiler(objective, options, backend: backend)
    largest = try compiler.session(for: nil, sharing: nil)
    sessions = [largest.feeds: largest]
    states = largest.values.map { value in
      let state = UnsafeMutableBufferPointer<Float>.allocate(capacity: value.count * options.optimizer.stateCount)
      state.initialize(repeating: 0)
      return state
    }
    accumulator = GradientAccumulator(counts: options.accumulation > 1 ? largest.values.map(\.count) : [])
    optimizer = options.optimizer
    clipping = options.clipping
  }

  deinit {
    for state in states { state.deallocate() }
  }

  /// Takes one step on `batches`, on the mean of their losses, and returns that loss before it.
  func callAsFunction(_ batches: [Batch], stepSize: Double) throws -> Double {
    let work = try batches.map { batch in
      let inputs = compiler.objective.inputs(batch)
      return (session: try session(for: inputs.types), inputs: inputs)
    }
    taken += 1
    let gradients = work.count > 1 ? accumulator.sums : work[0].session.gradients
    let parameters = largest.values.indices.map { index in
      OptimizedParameter(
        value: largest.values[index], gradient: gradients[index], state: states[index],
        decays: compiler.decays[index])
    }
    var failure: (any Error)?
    let step = OptimizationStep(parameters, number: taken, stepSize: Float(stepSize)) { [clipping, accumulator] in
      var loss = 0.0
      for (position, (session, inputs)) in work.enumerated() {
        do { loss += try session.run(inputs) } catch { failure = failure ?? error }
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

  private func session(for types: [String: TensorType]) throws -> TrainingSession {
    if let session = sessions[types] { return session }
    let session = try compiler.session(for: types, sharing: largest)
    sessions[types] = session
    return session
  }

  /// The network with parameters and running statistics as they are now.
  var trained: Graph {
    var network = compiler.objective.network
    for (name, value) in zip(compiler.names, largest.values) {
      network.constants[name] = Tensor(shape: network.constants[name]?.shape ?? [], Array(value))
    }
    largest.storeStatistics(in: &network)
    return network
  }
}
