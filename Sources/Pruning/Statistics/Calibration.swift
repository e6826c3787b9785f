import Engine
import Files
import Graph
import Operators
import Tensors

/// The statistics of the hidden representations of a network, gathered in one streamed pass over calibration data.
public struct Calibration: Sendable {
  /// The statistics of each hidden representation.
  public let statistics: [ValueAxis: ActivationStatistics]
  /// How many samples were seen.
  public let sampleCount: Int

  /// Runs `graph` once over `data`.
  ///
  /// - Parameters:
  ///   - activations: The hidden representations to look at.
  ///   - batchSize: Samples in one run; memory grows with it, and with nothing else.
  ///   - progress: Told how many samples are done.
  /// - Throws: `DataError` if there is no data, or it does not fit the network.
  public init(
    of graph: Graph, at activations: [ValueAxis], on data: any CalibrationData, batchSize: Int = 1024,
    backend: any Backend = Backends.standard, progress: (Int) -> Void = { _ in }
  ) throws {
    var totals: [ValueAxis: ActivationStatistics] = [:]
    var seen = 0
    var sessions = StatisticsSessions(graph: graph, activations: activations, backend: backend)
    try data.forEachBatch(of: batchSize) { batch in
      let (session, plan) = try sessions.session(for: batch)
      for (name, tensor) in batch { try session.set(name, to: tensor) }
      session.run()
      for (activation, outputs) in plan.outputs {
        let sum = try session.buffer(outputs.sum).floats
        let gram = try session.buffer(outputs.gram).floats
        totals[activation, default: ActivationStatistics(channels: sum.count)].add(
          count: plan.samples[activation]!, sum: sum, gram: gram)
      }
      seen += batch.values.first?.shape.first ?? 0
      progress(seen)
    }
    guard seen > 0 else { throw DataError(data.name, "holds no samples, and calibration needs at least one") }
    for (activation, total) in totals where !total.gram.diagonal.allSatisfy(\.isFinite) {
      throw DataError(
        data.name, "drives \"\(activation.value)\" beyond the range of single precision",
        remedy: "check how the data is scaled")
    }
    statistics = totals
    sampleCount = seen
  }
}

/// Sessions by batch size: one for the full batches, one for what is left over.
private struct StatisticsSessions {
  let graph: Graph
  let activations: [ValueAxis]
  let backend: any Backend
  private var current: (feeds: [String: TensorType], session: Session, plan: StatisticsGraph)?

  init(graph: Graph, activations: [ValueAxis], backend: any Backend) {
    self.graph = graph
    self.activations = activations
    self.backend = backend
  }

  mutating func session(for batch: [String: Tensor]) throws -> (Session, StatisticsGraph) {
    let feeds = batch.mapValues(TensorType.init(of:))
    if let current, current.feeds == feeds { return (current.session, current.plan) }
    let statistics = try StatisticsGraph(graph, of: activations, feeds: feeds)
    let results = statistics.outputs.values.flatMap { [$0.sum, $0.gram] }.sorted()
    let session = try Session(Plan(statistics.graph, feeds: feeds, results: results), on: backend)
    current = (feeds, session, statistics)
    return (session, statistics)
  }
}
