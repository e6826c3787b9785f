import Engine
import Files
import Graph
import Operators
import Tensors

/// The statistics of what enters the layers of a network, gathered in one streamed pass over calibration data.
public struct Calibration: Sendable {
  /// The statistics of each layer's input.
  public let statistics: [WeightedContraction: ActivationStatistics]
  /// How many samples were seen.
  public let sampleCount: Int

  /// Runs `graph` once over `data`.
  ///
  /// - Parameters:
  ///   - layers: The layers whose inputs are looked at.
  ///   - batchSize: Samples in one run at most; memory grows with it, and with nothing else.
  ///   - progress: Told how many samples are done.
  /// - Throws: `DataError` if there is no data, or it does not fit the network.
  public init(
    of graph: Graph, at layers: [WeightedContraction], on data: any CalibrationData, batchSize: Int = 1024,
    backend: any Backend = Backends.standard, progress: (Int) -> Void = { _ in }
  ) throws {
    var totals: [StatisticsGraph.Point: ActivationStatistics] = [:]
    var points: [WeightedContraction: StatisticsGraph.Point] = [:]
    var seen = 0
    var sessions = StatisticsSessions(graph: graph, layers: layers, backend: backend)
    try data.forEachBatch(of: try sessions.batchSize(atMost: batchSize)) { batch in
      let (session, plan) = try sessions.session(for: batch)
      for (name, tensor) in batch { try session.set(name, to: tensor) }
      session.run()
      let samples = batch.values.first?.shape.first ?? 0
      for (point, outputs) in plan.outputs {
        totals[point, default: outputs.empty].add(
          count: outputs.columns, samples: samples, sum: try session.buffer(outputs.sum).floats,
          gram: try session.buffer(outputs.gram).floats, map: try outputs.map.map { try session.buffer($0).floats })
      }
      points = plan.points
      seen += samples
      progress(seen)
    }
    guard seen > 0 else { throw DataError(data.name, "holds no samples, and calibration needs at least one") }
    for (point, total) in totals where !total.gram.diagonal.allSatisfy(\.isFinite) {
      throw DataError(
        data.name, "drives \"\(point.activation.value)\" beyond the range of single precision",
        remedy: "check how the data is scaled")
    }
    statistics = points.compactMapValues { totals[$0] }
    sampleCount = seen
  }
}

/// Sessions by batch size: one for the full batches, one for what is left over.
private struct StatisticsSessions {
  let graph: Graph
  let layers: [WeightedContraction]
  let backend: any Backend
  private var current: (feeds: [String: TensorType], session: Session, plan: StatisticsGraph)?

  init(graph: Graph, layers: [WeightedContraction], backend: any Backend) {
    self.graph = graph
    self.layers = layers
    self.backend = backend
  }

  /// What intermediate values of one run may take: enough for products to be efficient, little beside the weights.
  private static let arenaLimit = 256 << 20

  /// The largest batch of at most `limit` samples that stays within the memory for intermediate values.
  func batchSize(atMost limit: Int) throws -> Int {
    guard let feeds = try? graph.feedTypes(batch: 1) else { return limit }
    let statistics = try StatisticsGraph(graph, of: layers, feeds: feeds)
    let one = try Plan(statistics.graph, feeds: feeds, results: Self.results(statistics)).arenaByteCount
    return max(1, min(limit, Self.arenaLimit / max(one, 1)))
  }

  mutating func session(for batch: [String: Tensor]) throws -> (Session, StatisticsGraph) {
    let feeds = batch.mapValues(TensorType.init(of:))
    if let current, current.feeds == feeds { return (current.session, current.plan) }
    let statistics = try StatisticsGraph(graph, of: layers, feeds: feeds)
    let session = try Session(
      Plan(statistics.graph, feeds: feeds, results: Self.results(statistics)), on: backend)
    current = (feeds, session, statistics)
    return (session, statistics)
  }

  private static func results(_ statistics: StatisticsGraph) -> [String] {
    statistics.outputs.values.flatMap { [$0.sum, $0.gram] + ($0.map.map { [$0] } ?? []) }.sorted()
  }
}
