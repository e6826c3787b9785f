import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierProcesses
import EspalierPruning
import EspalierTensors
import EspalierTraining

/// Selection methods compared on all groups of one network: at each size, without and with a re-fit, from statistics
/// gathered once on the dense network.
///
/// Several processes (`PruningRequest.processes`) gather the statistics together, and then take a row each at a time.
package struct NetworkComparison: Sendable {
  /// What is known of one pruned network's answers.
  package struct Quality: Hashable, Sendable, Codable {
    /// The accuracy on labelled data, if there is any.
    package let accuracy: Double?
    /// The agreement of the first class with the dense network, on held-out inputs, if both exist.
    package let agreement: Double?
    /// The largest relative error of an output, likewise.
    package let relativeError: Double?

    /// What methods are compared by: the accuracy if there is one, otherwise the agreement.
    package var score: Double? { accuracy ?? agreement }
  }

  /// One method at one size.
  package struct Row: Sendable {
    /// The identifier of the method.
    package let method: String
    /// The title of the method in reports.
    package let title: String
    /// The fraction of the units of each group that is kept.
    package let size: Double
    /// The networks and their cost; or the reason why there are none.
    package let outcome: Result<Outcome, EspalierError>

    /// The networks and their cost, if there are any.
    package var figures: Outcome? { try? outcome.get() }
    /// The reason why there are none.
    package var refusal: String? { if case .failure(let error) = outcome { error.description } else { nil } }
  }

  /// The figures of one method at one size. The re-fit changes no cost.
  package struct Outcome: Sendable, Codable {
    /// The network with unchanged weights.
    package let plain: Quality
    /// The re-fitted network.
    package let refitted: Quality
    /// The cost of both.
    package let cost: ModelCost
    /// Their latency beside the dense network's; networks of the same widths share one measurement.
    package internal(set) var latency: LatencyComparison
    /// Seconds of selection, all groups together, from statistics that are there.
    package let seconds: Double
  }

  /// The network that is pruned, by its name.
  package let model: String
  /// The quality of the dense network.
  package let dense: Quality
  /// The cost of the dense network.
  package let denseCost: ModelCost
  /// The sizes, in order.
  package let sizes: [Double]
  /// The number of labelled samples; 0 for none.
  package let labelledCount: Int
  /// The number of held-out inputs; 0 for none.
  package let heldOutCount: Int
  /// The number of calibration samples.
  package let sampleCount: Int
  /// Seconds of the passes over the calibration data, once for all methods.
  package let calibrationSeconds: Double
  /// The rows so far, size by size.
  package private(set) var rows: [Row] = []

  private var network: CalibratedNetwork
  private let methods: [any SelectionMethod]
  private let request: PruningRequest
  private let ridge: Ridge
  private let calibration: DatasetCalibration
  private let heldOut: DatasetCalibration?
  private let labelled: (any Dataset)?
  private let backend: any Backend
  private let saved: SavedComparison?
  private var latencies: [[Int]: LatencyComparison] = [:]
  private var unmeasured: [GateGradients.Loss: EspalierError] = [:]
  /// The next rows, if processes have computed several at once.
  private var ahead: [Row] = []

  /// Gathers the statistics of `graph`, and those that methods need besides.
  ///
  /// - Parameters:
  ///   - request: The groups, rounding and batches; its fraction, method and re-fit are replaced.
  ///   - split: The inputs to prune on and those held out. It must have no twin.
  ///   - labelled: Labelled data on which accuracies are measured, if any.
  ///   - checkpoints: Where each row is kept, and those of an earlier run are found; `nil` if they are not.
  ///   - progress: Receives the number of calibration samples done.
  /// - Throws: `EspalierError`: a refusal if nothing can be pruned, or there is nothing to judge by; otherwise if
  ///   network and data do not fit.
  package init(
    of methods: [any SelectionMethod], at sizes: [Double], on graph: Graph, _ request: PruningRequest,
    ridge: Ridge = .byFolds, split: CalibrationSplit, labelled: (any Dataset)? = nil,
    backend: any Backend = Backends.standard, keptIn checkpoints: Checkpoints? = nil,
    progress: (Int) -> Void = { _ in }
  ) throws(EspalierError) {
    guard labelled != nil || split.heldOut != nil else {
      throw EspalierError(
        refusal:
          "\(split.calibration.name) has too few inputs to hold some out, so there is nothing to judge methods by; "
          + "give more, or labelled data")
    }
    // Networks without a re-fit are chosen by all windows of convolutions.
    var calibrated = request
    calibrated.tracesResiduals = true
    var network = try CalibratedNetwork(
      graph, for: calibrated, calibration: split.calibration, backend: backend, progress: progress)
    let start = ContinuousClock.now
    for loss in GateGradients.Loss.allCases where methods.contains(where: { $0.gateLoss == loss }) {
      do throws(EspalierError) { try network.measureGates(loss) } catch { unmeasured[loss] = error }
    }
    calibrationSeconds = network.calibrationSeconds + (ContinuousClock.now - start) / .seconds(1)
    self.network = network
    self.methods = methods
    self.sizes = sizes
    self.request = request
    self.ridge = ridge
    self.labelled = labelled
    self.backend = backend
    let saved = try checkpoints.map { (checkpoints) throws(EspalierError) in
      try SavedComparison(
        of: methods, at: sizes, on: graph, request, split: split, labelled: labelled?.count ?? 0, in: checkpoints)
    }
    self.saved = saved
    (calibration, heldOut) = (split.calibration, split.heldOut)
    model = graph.name
    denseCost = try ModelCost(of: graph, feeds: graph.feedTypes(batch: 1, like: split.calibration))
    labelledCount = labelled?.count ?? 0
    heldOutCount = split.heldOut?.count ?? 0
    sampleCount = network.sampleCount
    dense =
      if let known = saved?.state?.dense { known } else {
        Quality(
          accuracy: try labelled.map { (data) throws(EspalierError) in
            try Evaluation(of: graph, on: data, backend: backend).top1
          }, agreement: heldOut == nil ? nil : 1, relativeError: heldOut == nil ? nil : 0)
      }
  }

  /// The number of rows in all.
  package var rowCount: Int { sizes.count * methods.count }

  /// The next row; `nil` if all are done.
  ///
  /// A method that refuses the network gets a row that says so.
  ///
  /// - Throws: `EspalierError` if the data cannot be read.
  package mutating func next() throws(EspalierError) -> Row? {
    guard rows.count < rowCount else { return nil }
    if ahead.isEmpty { ahead = try round() }
    let row = ahead.removeFirst()
    rows.append(row)
    if rows.count > saved?.state?.rows.count ?? 0 { try saved?.keep(rows, dense: dense) }
    return row
  }

  /// The next row of each process, or one that an earlier run has kept.
  private mutating func round() throws(EspalierError) -> [Row] {
    let (first, processes) = (rows.count, request.processes)
    if let known = saved?.state?.rows, first < known.count, let outcome = known[first].outcome {
      return [row(first, outcome)]
    }
    let place = first + processes.rank
    let own = place < rowCount ? row(place, try outcome(at: place)) : nil
    guard processes.isShared else { return own.map { [$0] } ?? [] }
    let all = processes.all(try own.map { (row) throws(EspalierError) in try ComparisonState.Row(row).bytes() } ?? [])
    var rows: [Row] = []
    for (rank, bytes) in all.enumerated() where !bytes.isEmpty {
      guard let outcome = try ComparisonState.Row(bytes: bytes).outcome else {
        throw EspalierError(.internal, "the row of process \(rank)", "has no outcome")
      }
      rows.append(row(first + rank, outcome))
    }
    return rows
  }

  private func row(_ place: Int, _ outcome: Result<Outcome, EspalierError>) -> Row {
    let method = methods[place % methods.count]
    return Row(method: method.identifier, title: method.title, size: sizes[place / methods.count], outcome: outcome)
  }

  private mutating func outcome(at place: Int) throws(EspalierError) -> Result<Outcome, EspalierError> {
    let method = methods[place % methods.count]
    do throws(EspalierError) {
      if let error = method.gateLoss.flatMap({ unmeasured[$0] }) { throw error }
      return .success(try compare(method, at: sizes[place / methods.count]))
    } catch {
      guard [.refusal, .model, .unsupported].contains(error.kind) else { throw error }
      return .failure(error)
    }
  }

  private mutating func compare(_ method: any SelectionMethod, at size: Double) throws(EspalierError) -> Outcome {
    var request = request
    request.processes = SingleProcess()
    (request.fraction, request.method, request.refit) = (size, method, nil)
    let plain = try network.pruned(request)
    request.counts = Dictionary(uniqueKeysWithValues: plain.groups.map { ($0.group.id, $0.selection.kept.count) })
    (request.method, request.refit) = (ChosenUnits(of: plain), ridge)
    let refitted = try network.pruned(request)
    let widths = plain.groups.map(\.selection.kept.count)
    let latency =
      if let known = latencies[widths] { known } else {
        try LatencyComparison(
          of: plain.graph, against: network.original, like: calibration, backend: backend)
      }
    latencies[widths] = latency
    return Outcome(
      plain: try quality(plain.graph), refitted: try quality(refitted.graph), cost: plain.after, latency: latency,
      seconds: max(0, plain.seconds.selection - network.problemSeconds))
  }

  private func quality(_ graph: Graph) throws(EspalierError) -> Quality {
    let fidelity = try heldOut.map { (data) throws(EspalierError) in
      try Fidelity(of: graph, against: network.original, on: data, backend: backend)
    }
    let accuracy = try labelled.map { (data) throws(EspalierError) in
      try Evaluation(of: graph, on: data, backend: backend).top1
    }
    return Quality(
      accuracy: accuracy, agreement: fidelity?.agreement, relativeError: fidelity?.relativeError)
  }
}

extension NetworkComparison {
  /// Whether methods are compared by accuracy.
  package var isByAccuracy: Bool { labelledCount > 0 }

  /// The lowest score at `size` that one standard error does not tell from the best one: `p - sqrt(p (1 - p) / n)`,
  /// p the best score of n samples. `nil` if there are no scores.
  package func leastOfBest(at size: Double) -> Double? {
    let scores = rows.filter { $0.size == size }.compactMap(\.figures).flatMap {
      [$0.plain.score, $0.refitted.score].compactMap { $0 }
    }
    let count = isByAccuracy ? labelledCount : heldOutCount
    guard let best = scores.max(), count > 0 else { return nil }
    return best - (best * (1 - best) / Double(count)).squareRoot()
  }
}
