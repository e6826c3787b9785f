import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierOperators

/// A pruning in progress: groups are chosen one by one, and all are cut at the end.
///
/// Re-fits are stored in the dense network's coordinates, so that the pruned network can be compared with the masked
/// dense one.
struct PruningRun {
  /// The decision for one group.
  private struct Decision {
    let group: PruningGroup
    var record: PruningRecord.Decision

    var selection: Selection { record.selection }
  }

  private(set) var request: PruningRequest
  private let original: Graph
  private let data: any CalibrationData
  private let backend: any Backend
  /// The dense network with the re-fits so far.
  private(set) var dense: Graph
  /// The same with the parameters of the dropped units set to zero.
  private(set) var silenced: Graph
  /// The values that are not those of the network, behind operators that a user's rule describes.
  private let guesses: Set<String>
  /// The weights that stay as they are, because the file multiplies them as whole numbers.
  private let wholeNumbers: Set<String>
  private var decisions: [Decision] = []
  private var kept: [String: [Int]] = [:]
  /// For each group, the squared gradients at its gates, if the method needs them.
  private var gateGradients: [String: [Double]] = [:]
  private var clock = StageClock()
  private var seconds = PruningResult.Seconds(
    calibration: 0, selection: 0, refit: 0, surgery: 0, verification: 0, total: 0)
  private var sampleCount = 0

  /// The start, with no group chosen; `graph` is `original` with separate copies of shared vectors.
  init(
    _ graph: Graph, from original: Graph, _ request: PruningRequest, on data: any CalibrationData,
    backend: any Backend
  ) {
    self.original = original
    dense = graph
    silenced = graph
    guesses = graph.valuesOfStandIns
    wholeNumbers = graph.weightsOfWholeNumbers
    self.request = request
    self.data = data
    self.backend = backend
  }

  /// Resumes from `record`, made by a pruning of the same groups in the same order.
  ///
  /// - Throws: `EspalierError` if it has other groups.
  init(
    _ graph: Graph, from original: Graph, _ request: PruningRequest, on data: any CalibrationData,
    backend: any Backend, continuing record: PruningRecord, _ groups: [PruningGroup]
  ) throws(EspalierError) {
    self.init(graph, from: original, request, on: data, backend: backend)
    dense = graph.storing(record.dense)
    silenced = dense.storing(record.silenced)
    guard record.decisions.map(\.group) == groups.prefix(record.decisions.count).map(\.id) else {
      throw EspalierError(.data, PruningRecord.kind, "tells of other groups than the network has")
    }
    for (group, record) in zip(groups, record.decisions) {
      guard record.selection.kept.allSatisfy((0..<group.size).contains) else {
        throw EspalierError(.data, PruningRecord.kind, "keeps units that \(group.id) does not have")
      }
      decisions.append(Decision(group: group, record: record))
      kept[group.id] = record.selection.kept
    }
    seconds = record.seconds
    sampleCount = record.sampleCount
  }

  /// Learns what the method needs to know of the dense network before any group is chosen: how many units each of
  /// `groups` keeps, and the gradients at their gates, unless `problems` hold them.
  ///
  /// - Throws: `EspalierError` as ``GateGradients`` does.
  mutating func prepare(
    for groups: [PruningGroup], of graph: Graph, knowing problems: [SelectionProblem] = []
  ) throws(EspalierError) {
    request = request.sharing(among: groups, of: graph)
    guard let loss = request.method.gateLoss,
      problems.isEmpty || problems.contains(where: { $0.traits.gateGradients[loss] == nil })
    else { return }
    gateGradients = try GateGradients(
      of: loss, in: graph, groups, on: data, batchSize: request.batchSize, backend: backend
    ).sums
    seconds.calibration += clock.lap()
  }

  /// The number of groups chosen.
  var decisionCount: Int { decisions.count }

  /// The decision for each group.
  var records: [PruningRecord.Decision] { decisions.map(\.record) }

  /// The time spent so far.
  var secondsSoFar: PruningResult.Seconds {
    var seconds = seconds
    seconds.total += clock.total
    return seconds
  }

  /// The dense network with the units dropped so far masked: equivalent to the pruned network.
  private var masked: Graph { dense.masking(decisions.map(\.group), keeping: kept) }

  /// The network as pruned so far, for the calibration of `group`. Layers that read the last group are narrowed to its
  /// kept units; layers that read earlier groups lie in front of the start of the next pass.
  func network(for group: PruningGroup) -> Graph {
    let network = silenced.masking(decisions.map(\.group), keeping: kept)
    guard let last = decisions.last else { return network }
    return network.narrowing(last.group, keeping: last.selection.kept, except: group.consumers)
  }

  /// Adds time spent on statistics elsewhere.
  mutating func spent(calibration: Double, problems: Double, sampleCount: Int) {
    seconds.calibration += calibration
    seconds.selection += problems
    seconds.total += calibration + problems
    self.sampleCount = sampleCount
    _ = clock.lap()
  }

  /// Adds the time since the last stage to calibration.
  mutating func calibrated(_ sampleCount: Int) {
    seconds.calibration += clock.lap()
    self.sampleCount = sampleCount
  }

  /// Chooses the units of `group` by the statistics of the layers that read it.
  mutating func choose(_ group: PruningGroup, by statistics: [GroupReading: ActivationStatistics]) throws(EspalierError)
  {
    let problem = try SelectionProblem(group, of: silenced, statistics)
    seconds.selection += clock.lap()
    try choose(group, problem)
  }

  /// Chooses the units of `group`, and re-fits the layers that read them if requested.
  mutating func choose(_ group: PruningGroup, _ problem: SelectionProblem) throws(EspalierError) {
    let count = request.count(for: group)
    let ridge = canRefit(group) ? request.refit : nil
    var anticipated = ridge.map { problem.anticipatingRefit(keeping: count, ridge: $0) } ?? problem
    if let loss = request.method.gateLoss, let own = gateGradients[group.id] {
      anticipated.traits.gateGradients[loss] = own
    }
    let method = request.method.method(for: anticipated)
    if count < group.size { try method.check(anticipated) }
    let chosen =
      count == group.size
      ? Selection(keeping: Array(0..<count), of: anticipated) : method.select(count, of: anticipated)
    let selection = Selection(kept: chosen.kept, residual: problem.residual(keeping: chosen.kept), trace: chosen.trace)
    kept[group.id] = selection.kept
    seconds.selection += clock.lap()
    let refit = try ridge.map { (ridge) throws(EspalierError) in
      try GroupRefit(
        group, anticipated, keeping: selection.kept, ridge: ridge, of: silenced, dropped: droppedChannels(of:))
    }
    try refit?.store(in: &dense)
    try refit?.store(in: &silenced)
    if refit == nil, method.mergesUnits, canRefit(group), count < group.size {
      let merging = UnitMerging(group, problem, keeping: selection.kept)
      try merging.store(in: &dense)
      try merging.store(in: &silenced)
    }
    if request.order == .sequential { silenced = silenced.silencing(group, keeping: selection.kept) }
    (dense, silenced) = (dense.sparingMemory(), silenced.sparingMemory())
    seconds.refit += clock.lap()
    let theory =
      request.examinesTheory && count < group.size ? GroupTheory(of: problem, keeping: selection.kept) : nil
    seconds.selection += clock.lap()
    decisions.append(
      Decision(
        group: group,
        record: PruningRecord.Decision(
          group: group.id, selection: selection, method: method.identifier,
          sufficiency: refit.flatMap { _ in RefitSufficiency(of: problem, keeping: selection.kept) },
          refittedResidual: refit?.residual, heldOutResidual: refit?.heldOutResidual,
          residual: refit?.unchanged?.residual ?? selection.residual,
          outputEnergy: refit?.unchanged?.energy ?? problem.outputEnergy, theory: theory)))
  }

  /// Whether layers with weights read `group`, and read what the network computes: a product of values has no weights,
  /// and of an operator that only a user's rule describes nothing is known but its axes. Nor may they multiply whole
  /// numbers, which no re-fit hits.
  private func canRefit(_ group: PruningGroup) -> Bool {
    !group.consumers.isEmpty
      && !group.consumers.contains {
        guesses.contains($0.activation.value) || wholeNumbers.contains($0.weight.value)
      }
  }

  /// The dropped part of the last group, if its residual does not follow from the statistics.
  func unmeasuredPart(isMasked: Bool) -> DroppedPart? {
    guard let last = decisions.last, last.record.residual == nil else { return nil }
    return DroppedPart(group: last.group, kept: last.selection.kept, isMasked: isMasked)
  }

  /// Sets the measured residual of `group`.
  mutating func measured(_ group: PruningGroup, _ residual: (dropped: Double, output: Double)) {
    guard let index = decisions.firstIndex(where: { $0.group.id == group.id }) else { return }
    decisions[index].record.residual = residual.dropped
    decisions[index].record.outputEnergy = residual.output
  }

  /// The channels that `layer` no longer reads.
  private func droppedChannels(of layer: WeightedContraction) -> Set<Int> {
    decisions.reduce(into: []) { dropped, entry in
      guard let units = entry.group.elements[layer.activation] else { return }
      dropped.formUnion(Set(units.joined()).subtracting(entry.selection.kept.flatMap { units[$0] }))
    }
  }

  /// Cuts the dropped units and compares the result with the masked network.
  ///
  /// - Parameter order: The groups in the order of the result.
  /// - Throws: `EspalierError`, a refusal, if the two differ, or if nothing is dropped although the request asked for
  ///   it.
  mutating func finish(_ order: [PruningGroup]) throws(EspalierError) -> PruningResult {
    let groups = decisions.map(\.group)
    let isUnchanged = decisions.allSatisfy { $0.selection.kept.count == $0.group.size }
    if isUnchanged { try checkThatAllWasAskedFor() }
    let small =
      isUnchanged ? original : try dense.pruning(groups, keeping: kept).joiningRecurrentInputs().sparingMemory()
    seconds.surgery += clock.lap()
    let feeds = try original.feedTypes(batch: 1, like: data)
    let before = try ModelCost(of: original, feeds: feeds)
    let verification = try Verification(
      of: small, against: masked, on: data, sampleCount: Verification.sampleCount(macs: before.macs), backend: backend)
    guard verification.holds else {
      throw EspalierError(
        refusal: "the pruned network differs from the masked original by \(verification.relativeDifference) relative, "
          + "so it is not written; this is a fault of ours, please report it")
    }
    seconds.verification += clock.lap()
    seconds.total += clock.total
    let results = Dictionary(uniqueKeysWithValues: decisions.map { ($0.group.id, $0) })
    return PruningResult(
      graph: small.restoringDecoders().joiningWholeNumberOperators(),
      groups: order.compactMap { results[$0.id] }.map {
        PruningResult.Group(
          group: $0.group, selection: $0.selection, method: $0.record.method, sufficiency: $0.record.sufficiency,
          residual: $0.record.residual ?? 0, outputEnergy: $0.record.outputEnergy ?? 0,
          refittedResidual: $0.record.refittedResidual, heldOutResidual: $0.record.heldOutResidual,
          theory: $0.record.theory)
      },
      before: before, after: try ModelCost(of: small, feeds: feeds),
      countedFor: original.openShapes(batch: 1, like: data),
      seconds: seconds, verification: verification, sampleCount: sampleCount)
  }

  private func checkThatAllWasAskedFor() throws(EspalierError) {
    let groups = decisions.map(\.group).filter { request.count(for: $0) < $0.size }
    guard !groups.isEmpty else { return }
    throw EspalierError(
      refusal: "nothing is pruned because \(request.method.title) keeps every unit, although fewer are asked for of: "
        + groups.map(\.id).listed())
  }
}
