import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors

/// Compiles the loss of a network and its gradients for batches of any shape.
struct TrainingCompiler {
  /// The objective.
  let objective: any Objective
  /// The trained parameters, in the order of all lists of gradients.
  let names: [String]
  /// For each, whether weight decay applies.
  let decays: [Bool]
  private let part: Graph
  private let loss: Loss
  private let statistics: [BatchStatisticsGraph.Statistic]
  private let backend: any Backend

  init(_ objective: any Objective, _ options: TrainingOptions, backend: any Backend) throws(EspalierError) {
    let network = objective.network
    let training = options.statistics == .batch ? try BatchStatisticsGraph(network) : nil
    loss = try objective.loss(on: training?.graph ?? network, batchSize: options.batchSize)
    part = loss.graph.extracting(to: [loss.value])
    names = try options.parameters.among(network).filter { [part] in part.constants[$0] != nil }
    decays = names.map { [part] in options.decayed.contains($0, part.constants[$0]?.shape) }
    let made = Set(part.nodes.flatMap(\.outputs))
    statistics = training?.statistics.filter { made.contains($0.batch) } ?? []
    self.objective = objective
    self.backend = backend
  }

  /// A session for inputs of `types`, or of the largest types if `nil`, on the parameters of `other`.
  func session(for types: [String: TensorType]?, sharing other: TrainingSession?) throws(EspalierError)
    -> TrainingSession
  {
    let feeds = types ?? loss.feeds
    if other != nil, !statistics.isEmpty {
      throw EspalierError(
        .model, "the network", "normalises by the statistics of batches, which must all be of one shape")
    }
    let differentiation = try Differentiation(of: loss.value, in: part, withRespectTo: names, feeds: feeds)
    let gradients = names.map { differentiation.gradients[$0]! }
    let plan = try Plan(
      differentiation.graph, feeds: feeds, results: [loss.value] + statistics.map(\.batch) + gradients,
      variables: Set(names))
    let session = try Session(plan, on: backend, sharing: other?.session)
    return try TrainingSession(
      session, feeds: feeds, loss: loss.value, names: names, gradients: gradients,
      RunningStatistics(statistics, of: objective.network, in: session))
  }

  /// A session that computes the loss alone, for inputs of `types`, on the parameters of `other`.
  func evaluation(for types: [String: TensorType], sharing other: TrainingSession) throws(EspalierError)
    -> LossSession
  {
    let plan = try Plan(part, feeds: types, results: [loss.value], variables: Set(names))
    return try LossSession(Session(plan, on: backend, sharing: other.session), loss: loss.value)
  }
}

/// A session that computes a loss for batches of one shape.
struct LossSession {
  private let session: Session
  private let loss: Buffer

  fileprivate init(_ session: Session, loss: String) throws(EspalierError) {
    self.session = session
    self.loss = try session.buffer(loss)
  }

  /// Computes the loss.
  func run(_ inputs: [String: Tensor]) throws(EspalierError) -> Double {
    try session.feed(inputs)
    session.run()
    return Double(loss.floats[0])
  }
}

/// A session that computes a loss and its gradients for batches of one shape.
final class TrainingSession {
  /// The types of its inputs.
  let feeds: [String: TensorType]
  /// The parameters.
  let values: [UnsafeMutableBufferPointer<Float>]
  /// Their gradients after a run, valid until the next run of any session that shares memory with this one.
  let gradients: [UnsafeMutableBufferPointer<Float>]
  fileprivate let session: Session
  private let loss: Buffer
  private var statistics: RunningStatistics

  fileprivate init(
    _ session: Session, feeds: [String: TensorType], loss: String, names: [String], gradients: [String],
    _ statistics: RunningStatistics
  ) throws(EspalierError) {
    self.session = session
    self.feeds = feeds
    self.loss = try session.buffer(loss)
    values = try names.map { (name) throws(EspalierError) in try session.buffer(name).floats }
    self.gradients = try gradients.map { (name) throws(EspalierError) in try session.buffer(name).floats }
    self.statistics = statistics
  }

  /// Computes the loss and its gradients.
  func run(_ inputs: [String: Tensor]) throws(EspalierError) -> Double {
    try session.feed(inputs)
    session.run()
    return Double(loss.floats[0])
  }

  /// The statistics of the last batch.
  var batchStatistics: [Float] { statistics.batch }

  /// Updates the running statistics from those of a batch.
  func follow(_ batch: [Float]) { statistics.follow(batch) }

  /// The learned values, with parameters named `names`.
  func learnt(_ names: [String]) throws(EspalierError) -> TrainedValues {
    TrainedValues(
      parameters: Dictionary(
        uniqueKeysWithValues: try names.map { (name) throws(EspalierError) in (name, try session.value(name).tensor()) }
      ),
      statistics: statistics.values)
  }

  /// Restores values from ``learnt(_:)``.
  ///
  /// - Throws: `EspalierError` if a value is missing or has another shape.
  func restore(_ values: TrainedValues, _ names: [String]) throws(EspalierError) {
    for name in names {
      guard let tensor = values.parameters[name] else {
        throw EspalierError(.data, TrainingState.kind, "has no parameter \"\(name)\"")
      }
      try session.set(name, to: tensor)
    }
    try statistics.restore(values.statistics)
  }

  /// Writes values from ``learnt(_:)`` to a network.
  func store(_ values: TrainedValues, in network: inout Graph) {
    for (name, tensor) in values.parameters { network.constants[name] = tensor }
    statistics.store(values.statistics, in: &network)
  }
}
