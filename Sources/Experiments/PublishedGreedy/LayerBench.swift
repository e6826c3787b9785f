import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTraining

/// One layer on which algorithms are timed, with the statistics by which their results are judged.
struct LayerBench {
  private let subject: CostOfPruning.Subject
  private let graph: Graph
  private let group: PruningGroup
  private let backend: any Backend
  /// Made when it is first needed, as judge and for the algorithms that work on it.
  private var calibrated: CalibratedNetwork?

  /// Whether the layer that reads the units makes the output of the network.
  let isLastLayer: Bool

  init(
    _ subject: CostOfPruning.Subject, _ graph: Graph, _ group: PruningGroup, _ backend: any Backend
  ) throws(EspalierError) {
    (self.subject, self.graph, self.group, self.backend) = (subject, graph, group, backend)
    let output = try group.soleConsumer().output
    isLastLayer = graph.outputs.map(\.name) == [output]
  }

  /// The layer pruned by `algorithm` to `sizes`; `greedy` is its selection by forward passes, if it makes any.
  mutating func entries(
    _ algorithm: PruningAlgorithm, _ sizes: [Int], _ greedy: PublishedGreedySelection?, progress: () -> Void
  ) throws(EspalierError) -> [CostOfPruning.Entry] {
    if let greedy {
      let checkpoints = try greedy.select(sizes, of: group, in: graph, on: subject.data, backend: backend) { _ in
        progress()
      }
      return try checkpoints.map { (point) throws(EspalierError) in
        try entry(algorithm, point.kept, point.seconds, greedy.weights)
      }
    }
    return try sizes.map { (size) throws(EspalierError) in
      let (kept, seconds) = try selection(algorithm, size)
      return try entry(algorithm, kept, seconds, .unchanged)
    }
  }

  private mutating func selection(
    _ algorithm: PruningAlgorithm, _ size: Int
  ) throws(EspalierError) -> (kept: [Int], seconds: Double) {
    let start = ContinuousClock.now
    switch algorithm {
    case .looped:
      let supports = try PublishedISpaSP().supports(size, of: group, in: graph, on: subject.data, backend: backend)
      return (supports.last ?? [], (ContinuousClock.now - start) / .seconds(1))
    case .gram:
      let network = try network()
      let selected = ContinuousClock.now
      let kept = GreedyForwardSelection().select(size, of: network.problems[0]).kept
      let seconds = (ContinuousClock.now - selected) / .seconds(1)
      return (kept, network.calibrationSeconds + network.problemSeconds + seconds)
    default:
      // The sums that i-SpaSP needs, and no second moments.
      var request = PruningRequest(keeping: 1, only: [group.id], scope: .all, method: ISpaSP(), refit: nil)
      request.counts = [group.id: size]
      let result = try subject.graph.pruned(request, calibration: subject.data, backend: backend)
      return (result.groups[0].selection.kept, result.seconds.calibration + result.seconds.selection)
    }
  }

  private mutating func network() throws(EspalierError) -> CalibratedNetwork {
    if let calibrated { return calibrated }
    let request = PruningRequest(keeping: 1, only: [group.id], scope: .all)
    let network = try CalibratedNetwork(subject.graph, for: request, calibration: subject.data, backend: backend)
    calibrated = network
    return network
  }

  private mutating func entry(
    _ algorithm: PruningAlgorithm, _ kept: [Int], _ seconds: Double, _ weights: PublishedGreedySelection.Weights
  ) throws(EspalierError) -> CostOfPruning.Entry {
    let problem = try network().problems[0]
    let factor = weights == .unchanged ? 1 : Double(group.size) / Double(kept.count)
    guard let residual = problem.residual(keeping: kept, times: factor), let energy = problem.outputEnergy else {
      throw EspalierError(.internal, "group \"\(group.id)\"", "has no second moments")
    }
    let accuracy = try subject.test.map { (test) throws(EspalierError) in
      let scaled = weights == .unchanged ? graph : try graph.meanField(group, keeping: kept.count)
      let pruned = try scaled.pruning([group], keeping: [group.id: kept])
      return try Evaluation(of: pruned, on: test, backend: backend).top1
    }
    return CostOfPruning.Entry(
      algorithm: algorithm, kept: kept.count, relativeResidual: max(residual, 0) / max(energy, .leastNormalMagnitude),
      accuracy: accuracy, seconds: seconds)
  }
}

extension SelectionProblem {
  /// `|| U - a U_S ||_F^2` for kept units S whose weights are multiplied by a: `sum Q_ij w_i w_j` with w = 1 - a for
  /// kept units and 1 for others. `nil` if the statistics hold sums alone.
  package func residual(keeping kept: [Int], times factor: Double) -> Double? {
    guard let interaction else { return nil }
    var weights = [Double](repeating: 1, count: unitCount)
    for unit in kept { weights[unit] = 1 - factor }
    return (0..<unitCount).reduce(0) { sum, i in
      guard weights[i] != 0 else { return sum }
      return sum + weights[i] * zip(interaction.row(i), weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}
