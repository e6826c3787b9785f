import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierProcesses
import EspalierTensors

/// The divergence at the outputs of changed forms of a network, each computed only from the first change on.
///
/// The values in front of a position among the nodes are kept for all samples; positions ascend.
struct OutputProbe {
  private let graph: Graph
  private let backend: any Backend
  private let makers: [String: Int]
  private var values = StoredActivations(budget: StoredActivations.standardBudget)
  private var targets: [[String: Tensor]] = []
  private var position = 0
  /// The number of samples run.
  private(set) var sampleCount = 0

  /// Runs `graph` on the first samples of `data`, at most `limit` but for what fills the last batch.
  ///
  /// - Throws: `EspalierError` if the data does not fit the network.
  init(_ graph: Graph, on data: any CalibrationData, limit: Int, backend: any Backend) throws(EspalierError) {
    self.graph = graph
    self.backend = backend
    makers = graph.producers()
    let pass = CalibrationPass(graph: graph, gramLimit: 0, cut: graph.outputs.map(\.name))
    var runner = CalibrationPassRunner(pass, on: backend)
    let stream = try StoredActivationStream(
      data, batchSize: pass.batchSize(atMost: limit, of: min(limit, data.count)), among: SingleProcess())
    while stream.sampleCount < limit, let batch = try stream.next()?.batch {
      targets.append(try runner.run(batch).values.mapValues { $0.tensor() })
      try values.append(batch)
    }
    sampleCount = stream.sampleCount
  }

  /// The position of the first node that changes if units of `group` go.
  func position(of group: PruningGroup) -> Int {
    let layers = group.readers.compactMap { makers[$0.product] }
    return (layers + group.normalizations.compactMap { makers[$0.node] }).min() ?? 0
  }

  /// Moves to `position`, at least the present one.
  mutating func advance(to position: Int) throws(EspalierError) {
    guard position > self.position else { return }
    self.position = position
    var runner = CalibrationPassRunner(CalibrationPass(graph: graph, gramLimit: 0, cut: cut), on: backend)
    values.beginPass()
    for index in 0..<values.count { try values.replace(at: index, by: try runner.run(values.batch(at: index))) }
  }

  /// The divergence of `changed`, which equals the network in front of the present position.
  func divergence(of changed: Graph) throws(EspalierError) -> Double {
    let outputs = graph.outputs.map(\.name).filter { makers[$0].map { $0 >= position } ?? false }
    var runner = CalibrationPassRunner(CalibrationPass(graph: changed, gramLimit: 0, cut: outputs), on: backend)
    var divergence = OutputDivergence()
    for index in 0..<values.count {
      let answers = try runner.run(values.batch(at: index)).values.mapValues { $0.tensor() }
      divergence.add(answers, against: targets[index])
    }
    return divergence.value
  }

  /// The values that are known in front of the present position and read from there on.
  private var cut: [String] {
    let read = Set(graph.nodes[position...].flatMap { $0.inputs + $0.capturedValues })
    let made = graph.feeds.map(\.name) + graph.nodes[..<position].flatMap(\.outputs)
    return made.filter { !$0.isEmpty && read.contains($0) }.sorted()
  }
}
