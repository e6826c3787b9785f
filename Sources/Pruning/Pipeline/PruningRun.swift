import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

/// One pruning under way: groups are chosen one by one, and at the end all of them are cut at once.
///
/// Re-fits are stored in the dense network's coordinates, so that the masked dense network stays the measure of the pruned one.
struct PruningRun {
  /// What was decided for one group.
  private struct Decision {
    let group: PruningGroup
    var record: PruningRecord.Decision

    var selection: Selection { record.selection }
  }

  let request: PruningRequest
  private let original: Graph
  private let data: any CalibrationData
  private let backend: any Backend
  /// The dense network, its layers re-fitted so far.
  private(set) var dense: Graph
  /// The same with zeros for what is dropped so far.
  private(set) var silenced: Graph
  private var decisions: [Decision] = []
  private var kept: [String: [Int]] = [:]
  private var clock = StageClock()
  private var seconds = PruningResult.Seconds(
    calibration: 0, selection: 0, refit: 0, surgery: 0, verification: 0, total: 0)
  private var sampleCount = 0

  /// Nothing is chosen yet; `graph` is `original` with separate copies of what its nodes share.
  init(
    _ graph: Graph, from original: Graph, _ request: PruningRequest, on data: any CalibrationData,
    backend: any Backend
  ) {
    self.original = original
    dense = graph
    silenced = graph
    self.request = request
    self.data = data
    self.backend = backend
  }

  /// Goes on from what `record` says of a pruning of the same groups in the same order.
  ///
  /// - Throws: `EspalierError` where it tells of other groups.
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

  /// How many groups are chosen.
  var decisionCount: Int { decisions.count }

  /// What was decided for each.
  var records: [PruningRecord.Decision] { decisions.map(\.record) }

  /// The time spent so far.
  var secondsSoFar: PruningResult.Seconds {
    var seconds = seconds
    seconds.total += clock.total
    return seconds
  }

  /// The dense network with all that is dropped so far masked: it computes what the pruned one will.
  private var masked: Graph { dense.masking(decisions.map(\.group), keeping: kept) }

  /// The network as it is pruned so far, on which `group` is looked at next. Layers read what is kept of the last group at the cost of
  /// that; those that read groups before it lie in front of where the next pass begins.
  func network(for group: PruningGroup) -> Graph {
    let network = silenced.masking(decisions.map(\.group), keeping: kept)
    guard let last = decisions.last else { return network }
    return network.narrowing(last.group, keeping: last.selection.kept, except: group.consumers)
  }

  /// Counts time that was spent on statistics elsewhere.
  mutating func spent(calibration: Double, problems: Double, sampleCount: Int) {
    seconds.calibration += calibration
    seconds.selection += problems
    seconds.total += calibration + problems
    self.sampleCount = sampleCount
    _ = clock.lap()
  }

  /// Counts the time since the last stage as spent on calibration.
  mutating func calibrated(_ sampleCount: Int) {
    seconds.calibration += clock.lap()
    self.sampleCount = sampleCount
  }

  /// Chooses the units of `group` by what was seen of its readers.
  mutating func choose(_ group: PruningGroup, by statistics: [GroupReading: ActivationStatistics]) throws(EspalierError)
  {
    let problem = try SelectionProblem(group, of: silenced, statistics)
    seconds.selection += clock.lap()
    try choose(group, problem)
  }

  /// Chooses the units of `group`, and re-fits the layers that read them where that is asked.
  mutating func choose(_ group: PruningGroup, _ problem: SelectionProblem) throws(EspalierError) {
    let count = request.count(for: group)
    let method = request.method.method(for: problem)
    let selection =
      count == group.size ? Selection(keeping: Array(0..<count), of: problem) : method.select(count, of: problem)
    kept[group.id] = selection.kept
    seconds.selection += clock.lap()
    let refit = try request.refit.map { (ridge) throws(EspalierError) in
      try GroupRefit(
        group, problem, keeping: selection.kept, ridge: ridge, of: silenced, dropped: droppedChannels(of:))
    }
    try refit?.store(in: &dense)
    try refit?.store(in: &silenced)
    if request.order == .sequential { silenced = silenced.silencing(group, keeping: selection.kept) }
    seconds.refit += clock.lap()
    decisions.append(
      Decision(
        group: group,
        record: PruningRecord.Decision(
          group: group.id, selection: selection, method: method.identifier,
          sufficiency: refit.flatMap { _ in RefitSufficiency(of: problem, keeping: selection.kept) },
          refittedResidual: refit?.residual, residual: selection.residual, outputEnergy: problem.outputEnergy)))
  }

  /// The last group's dropped part, if its residual did not follow from the statistics.
  func unmeasuredPart(isMasked: Bool) -> DroppedPart? {
    guard let last = decisions.last, last.record.residual == nil else { return nil }
    return DroppedPart(group: last.group, kept: last.selection.kept, isMasked: isMasked)
  }

  /// Notes the residual of `group`, measured.
  mutating func measured(_ group: PruningGroup, _ residual: (dropped: Double, output: Double)) {
    guard let index = decisions.firstIndex(where: { $0.group.id == group.id }) else { return }
    decisions[index].record.residual = residual.dropped
    decisions[index].record.outputEnergy = residual.output
  }

  /// The channels that `layer` reads no more.
  private func droppedChannels(of layer: WeightedContraction) -> Set<Int> {
    decisions.reduce(into: []) { dropped, entry in
      guard let units = entry.group.elements[layer.activation] else { return }
      dropped.formUnion(Set(units.joined()).subtracting(entry.selection.kept.flatMap { units[$0] }))
    }
  }

  /// Cuts what was dropped and compares the result with the masked network.
  ///
  /// - Parameter order: The groups in the order in which the result names them.
  /// - Throws: `EspalierError`, a refusal, if the two differ, or if nothing is dropped although something was to be.
  mutating func finish(_ order: [PruningGroup]) throws(EspalierError) -> PruningResult {
    let groups = decisions.map(\.group)
    let isUnchanged = decisions.allSatisfy { $0.selection.kept.count == $0.group.size }
    if isUnchanged { try checkThatAllWasAskedFor() }
    let small = isUnchanged ? original : try dense.pruning(groups, keeping: kept)
    seconds.surgery += clock.lap()
    let verification = try Verification(of: small, against: masked, on: data, backend: backend)
    guard verification.holds else {
      throw EspalierError(
        refusal: "the pruned network differs from the masked original by \(verification.relativeDifference) relative, "
          + "so it is not written; this is a fault of ours, please report it")
    }
    seconds.verification += clock.lap()
    seconds.total += clock.total
    let results = Dictionary(uniqueKeysWithValues: decisions.map { ($0.group.id, $0) })
    return PruningResult(
      graph: small,
      groups: order.compactMap { results[$0.id] }.map {
        PruningResult.Group(
          group: $0.group, selection: $0.selection, method: $0.record.method, sufficiency: $0.record.sufficiency,
          residual: $0.record.residual ?? 0, outputEnergy: $0.record.outputEnergy ?? 0,
          refittedResidual: $0.record.refittedResidual)
      },
      before: try ModelCost(of: original), after: try ModelCost(of: small),
      seconds: seconds, verification: verification, sampleCount: sampleCount)
  }

  private func checkThatAllWasAskedFor() throws(EspalierError) {
    let groups = decisions.map(\.group).filter { request.count(for: $0) < $0.size }
    guard !groups.isEmpty else { return }
    throw EspalierError(
      refusal: "nothing is pruned because \(request.method.title) keeps every unit, although fewer are asked for of: "
        + groups.map(\.id).joined(separator: ", "))
  }
}
