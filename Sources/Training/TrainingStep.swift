import Datasets
import Engine
import Graph
import Operators
import Tensors

/// One step of training: a session that computes the loss and all gradients, and the optimiser's state.
///
/// Parameters live in the session and are changed there; ``trained`` copies them out.
final class TrainingStep {
  private let objective: any Objective
  private let optimizer: any Optimizer
  private let session: Session
  private let names: [String]
  private let parameters: [OptimizedParameter]
  private let loss: Buffer
  private var statistics: RunningStatistics
  private var taken = 0

  /// Compiles the network of `objective` with its loss and gradients for batches of the options' size.
  init(_ objective: any Objective, _ options: TrainingOptions, backend: any Backend) throws {
    let network = objective.network
    let training = options.statistics == .batch ? try BatchStatisticsGraph(network) : nil
    let loss = try objective.loss(on: training?.graph ?? network, batchSize: options.batchSize)
    let part = loss.graph.extracting(to: [loss.value])
    names = network.parameters.filter { part.constants[$0]?.elementType == .float32 }
    let made = Set(part.nodes.flatMap(\.outputs))
    let statistics = training?.statistics.filter { made.contains($0.batch) } ?? []
    let differentiation = try Differentiation(
      of: loss.value, in: part, withRespectTo: names, feeds: loss.feeds)
    let plan = try Plan(
      differentiation.graph, feeds: loss.feeds,
      results: [loss.value] + statistics.map(\.batch) + names.map { differentiation.gradients[$0]! },
      variables: Set(names))
    let session = try Session(plan, on: backend)
    parameters = try names.map { name in
      let value = try session.buffer(name)
      let state = UnsafeMutableBufferPointer<Float>.allocate(
        capacity: value.floats.count * options.optimizer.stateCount)
      state.initialize(repeating: 0)
      return OptimizedParameter(
        value: value.floats, gradient: try session.buffer(differentiation.gradients[name]!).floats, state: state,
        decays: value.type.shape.rank > 1)
    }
    self.objective = objective
    self.optimizer = options.optimizer
    self.session = session
    self.loss = try session.buffer(loss.value)
    self.statistics = try RunningStatistics(statistics, of: network, in: session)
  }

  deinit {
    for parameter in parameters { parameter.state.deallocate() }
  }

  /// Takes one step on `batch` and returns the loss before it.
  func callAsFunction(_ batch: Batch, stepSize: Double) throws -> Double {
    try objective.feed(batch, to: session)
    taken += 1
    let step = OptimizationStep(parameters, number: taken, stepSize: Float(stepSize)) { [session, loss] in
      session.run()
      return Double(loss.floats[0])
    }
    let before = optimizer.take(step)
    statistics.follow()
    return before
  }

  /// The network with parameters and running statistics as they are now.
  var trained: Graph {
    var network = objective.network
    for (name, parameter) in zip(names, parameters) {
      network.constants[name] = Tensor(shape: network.constants[name]?.shape ?? [], Array(parameter.value))
    }
    statistics.store(in: &network)
    return network
  }
}
