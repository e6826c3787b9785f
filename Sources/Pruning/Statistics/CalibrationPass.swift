import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierProcesses
import EspalierTensors

/// The statistics to gather in one pass through (a part of) a network, and the values to leave for the next.
struct CalibrationPass {
  /// The network as pruned so far.
  var graph: Graph
  /// The dense network, whose values the layers are to reproduce; `nil` if they are to reproduce their own.
  var reference: Graph?
  /// The division of the samples, whose statistics are kept apart.
  var folds = Folds.none
  /// The readings to gather statistics for.
  var readings: [GroupReading] = []
  var need = StatisticsNeed.sums
  /// The number of samples of the pass, by which second moments may do with a part of the windows of convolutions
  /// (``Windows/step(rows:samples:)``); `nil` for all windows.
  var sampleCount: Int?
  /// The most bytes of a Gram matrix in double precision.
  var gramLimit: Int
  /// The nodes in `graph` that measure the residual of a group, if any.
  var dropped: DroppedPart.Nodes?
  /// The values at which the next pass begins.
  var cut: [String] = []
  /// The processes that share the batches.
  var processes: any ProcessGroup = SingleProcess()
}

/// Runs one pass, batch by batch, and adds up its sums in the order of the batches.
///
/// Of several processes each runs one batch of a round. It then receives, of each sum, its own part from all batches of
/// the round, and adds them in order (``ProcessGroup/forEachContribution(to:from:_:)``): to the last bit what one
/// process adds. ``finish(on:)`` brings the parts together.
struct CalibrationPassRunner {
  private let pass: CalibrationPass
  private let backend: any Backend
  private var compiled: (origin: [String: TensorType], part: CompiledPass)?
  /// The statistics at each point, fold by fold.
  private var totals: [StatisticsNodes.Point: [ActivationStatistics]] = [:]
  /// The targets of each layer at each of its points, fold by fold.
  private var targets: [StatisticsNodes.Point: [GroupReading: [TargetMoments]]] = [:]
  /// The points of each reading, in the order in which they came: one for each size of a convolution's maps.
  private var points: [GroupReading: [StatisticsNodes.Point]] = [:]
  /// The distances of windows at points where they are more than 1.
  private var steps: [StatisticsNodes.Point: Int] = [:]
  private var norms: [Double]

  init(_ pass: CalibrationPass, on backend: any Backend) {
    self.pass = pass
    self.backend = backend
    norms = Array(repeating: 0, count: pass.dropped?.norms.names.count ?? 0)
  }

  /// Runs a batch that no other process knows of, and returns the values of the next cut.
  mutating func run(_ batch: StoredActivationBatch) throws(EspalierError) -> StoredActivationBatch {
    let part = try part(for: batch)
    try part.run(batch)
    return try part.cut(of: batch)
  }

  /// Runs the own batch of a round, if there is one, adds the sums of all of its batches, and returns the values of the
  /// next cut.
  ///
  /// - Throws: `EspalierError`, a refusal, if convolutions of several processes read maps of different sizes in one
  ///   round.
  mutating func run(
    _ batch: StoredActivationBatch?, in round: BatchRound
  ) throws(EspalierError) -> StoredActivationBatch? {
    let part = try part(for: batch)
    try checkThatMapsHaveOneSize(part)
    if let batch { try part.run(batch) }
    let sums = RoundSums(part, round, pass, samples: batch?.sampleCount ?? 0)
    for (reading, point) in part.statistics.points where !points[reading, default: []].contains(point) {
      points[reading, default: []].append(point)
    }
    for (point, outputs) in part.statistics.outputs.sorted(by: { $0.value.first < $1.value.first }) {
      let count = pass.affordableFolds(outputs, part.statistics)
      try sums.add(outputs, to: &totals[point, default: Array(repeating: outputs.empty, count: count)])
      if outputs.step > 1 { steps[point] = outputs.step }
    }
    for (reading, outputs) in (part.targets?.outputs ?? [:]).sorted(by: { $0.value.cross < $1.value.cross }) {
      guard let point = part.statistics.points[reading], let count = totals[point]?.count else { continue }
      let empty = Array(repeating: outputs.empty, count: count)
      try sums.add(outputs, to: &targets[point, default: [:]][reading, default: empty])
    }
    try sums.addNorms(to: &norms)
    return try batch.map { (batch) throws(EspalierError) in try part.cut(of: batch) }
  }

  /// Sums over maps have as many numbers as the maps have, and processes exchange sums of the same maps alone.
  private func checkThatMapsHaveOneSize(_ part: CompiledPass) throws(EspalierError) {
    guard pass.processes.isShared else { return }
    var sizes = Checksum()
    for point in part.statistics.outputs.keys.sorted(by: { $0.value < $1.value }) {
      sizes.add("\(point.value) \(point.windows?.axes.map(\.size) ?? [])")
    }
    guard Set(pass.processes.all(sizes.value)).count > 1 else { return }
    throw EspalierError(
      refusal: "convolutions read inputs of different sizes, and several processes cannot add up what they see; "
        + "start one process, or give inputs of one size")
  }

  private mutating func part(for batch: StoredActivationBatch?) throws(EspalierError) -> CompiledPass {
    if let compiled, batch == nil || compiled.origin == batch?.origin { return compiled.part }
    guard let batch else { preconditionFailure("the first round has a batch for every process") }
    let part = try CompiledPass(pass, for: batch, on: backend)
    compiled = (batch.origin, part)
    return part
  }

  /// Ends the pass, once: brings the sums together in all processes, scales those over a part of the windows to all,
  /// and checks them.
  ///
  /// - Throws: `EspalierError` if sums overflowed single precision.
  mutating func finish(on data: any CalibrationData) throws(EspalierError) {
    if pass.processes.isShared { completeSums() }
    scaleToAllWindows()
    guard let value = overflow else { return }
    throw EspalierError(
      .data, data.name, "drives \"\(value)\" beyond the range of single precision",
      remedy: "check how the data is scaled")
  }

  private mutating func completeSums() {
    var done: Set<StatisticsNodes.Point> = []
    for reading in pass.readings {
      for point in points[reading, default: []] {
        if done.insert(point).inserted {
          for fold in totals[point, default: []].indices { totals[point]![fold].complete(among: pass.processes) }
        }
        for fold in targets[point]?[reading]?.indices ?? 0..<0 {
          targets[point]![reading]![fold].complete(among: pass.processes)
        }
      }
    }
    pass.processes.complete(&norms)
  }

  private mutating func scaleToAllWindows() {
    for (point, step) in steps {
      guard let windows = point.windows else { continue }
      let (taken, all) = (windows.count(every: step), windows.outputCount)
      for fold in totals[point, default: []].indices { totals[point]![fold].scale(from: taken, to: all) }
      for (reading, folds) in targets[point, default: [:]] {
        for fold in folds.indices { targets[point]![reading]![fold].scale(from: taken, to: all) }
      }
    }
  }

  /// The first value whose sums overflowed single precision.
  private var overflow: String? {
    if let reading = statistics.first(where: { !$0.value.isFinite }) { return reading.key.layer.activation.value }
    return zip(pass.dropped?.norms.names ?? [], norms).first { !$0.1.isFinite }?.0
  }

  /// The statistics of each layer's input.
  var statistics: [GroupReading: ActivationStatistics] {
    var result: [GroupReading: ActivationStatistics] = [:]
    for (reading, points) in points {
      var folds: [ActivationStatistics] = []
      for point in points {
        for (index, own) in totals[point, default: []].enumerated() {
          var own = own
          own.target = targets[point]?[reading]?[index]
          // All sizes have as many folds, whose matrices are as large.
          if index < folds.count { folds[index].add(own) } else { folds.append(own) }
        }
      }
      folds.removeAll { $0.count == 0 }
      guard var total = folds.first else { continue }
      for fold in folds.dropFirst() { total.add(fold) }
      total.folds = folds.count > 1 ? folds : []
      result[reading] = total
    }
    return result
  }

  /// `|| V ||_F^2` and `|| U ||_F^2`, summed over the layers that read the group whose residual is measured.
  var residual: (dropped: Double, output: Double)? { pass.dropped.map { residual(of: $0.norms) } }

  /// The same for one of several groups measured in one pass.
  func residual(of part: DroppedPart.Norms) -> (dropped: Double, output: Double) {
    let known = Dictionary(zip(pass.dropped?.norms.names ?? [], norms)) { first, _ in first }
    func sum(_ names: [String]) -> Double { names.reduce(0) { $0 + known[$1, default: 0] } }
    return (sum(part.residuals), sum(part.energies))
  }
}
