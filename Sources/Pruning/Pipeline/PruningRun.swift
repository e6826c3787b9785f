import Engine
import Graph
import Operators

/// One pruning under way: groups are chosen one by one, and at the end all of them are cut at once.
///
/// Re-fits are stored in the dense network's coordinates, so that the masked dense network stays the measure of the pruned one.
struct PruningRun {
  private let original: Graph
  private let request: PruningRequest
  private let data: any CalibrationData
  private let backend: any Backend
  /// The dense network, its layers re-fitted so far.
  private var dense: Graph
  private var done: [PruningResult.Group] = []
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
    self.request = request
    self.data = data
    self.backend = backend
  }

  /// The dense network with all that is dropped so far masked: it computes what the pruned one will.
  var masked: Graph { dense.masking(done.map(\.group), keeping: kept) }

  /// Counts time that was spent on statistics elsewhere.
  mutating func spent(calibration: Double, problems: Double, sampleCount: Int) {
    seconds.calibration += calibration
    seconds.selection += problems
    seconds.total += calibration + problems
    self.sampleCount = sampleCount
    _ = clock.lap()
  }

  /// Gathers the statistics of `group` on the network as it is pruned so far, and chooses its units.
  mutating func calibrateAndChoose(_ group: PruningGroup, progress: (Int) -> Void) throws {
    let calibration = try Calibration(
      of: masked, at: group.consumers, on: data, batchSize: request.batchSize, backend: backend, progress: progress)
    sampleCount = calibration.sampleCount
    seconds.calibration += clock.lap()
    let problem = try SelectionProblem(group, of: dense, calibration)
    seconds.selection += clock.lap()
    try choose(group, problem)
  }

  /// Chooses the units of `group`, and re-fits the layers that read them where that is asked.
  mutating func choose(_ group: PruningGroup, _ problem: SelectionProblem) throws {
    let count = request.count(for: group)
    let selection =
      count == group.size
      ? Selection(keeping: Array(0..<count), of: problem) : request.method.select(count, of: problem)
    kept[group.id] = selection.kept
    seconds.selection += clock.lap()
    let refit = try request.refit.map {
      try GroupRefit(
        group, problem, keeping: selection.kept, ridge: $0, of: dense, dropped: droppedChannels(of:))
    }
    try refit?.store(in: &dense)
    seconds.refit += clock.lap()
    done.append(
      .init(
        group: group, selection: selection, outputEnergy: problem.outputEnergy, refittedResidual: refit?.residual))
  }

  /// The channels that `layer` reads no more.
  private func droppedChannels(of layer: WeightedContraction) -> Set<Int> {
    done.reduce(into: []) { dropped, entry in
      guard let units = entry.group.elements[layer.activation] else { return }
      dropped.formUnion(Set(units.joined()).subtracting(entry.selection.kept.flatMap { units[$0] }))
    }
  }

  /// Cuts what was dropped and compares the result with the masked network.
  ///
  /// - Throws: `Refusal` if the two differ.
  mutating func finish() throws -> PruningResult {
    let groups = done.map(\.group)
    let isUnchanged = done.allSatisfy { $0.selection.kept.count == $0.group.size }
    let small = isUnchanged ? original : try dense.pruning(groups, keeping: kept)
    seconds.surgery += clock.lap()
    let verification = try Verification(of: small, against: masked, on: data, backend: backend)
    guard verification.holds else {
      throw Refusal(
        "the pruned network differs from the masked original by \(verification.relativeDifference) relative, "
          + "so it is not written; this is a fault of ours, please report it")
    }
    seconds.verification += clock.lap()
    seconds.total += clock.total
    return PruningResult(
      graph: small, groups: done, before: try ModelCost(of: original), after: try ModelCost(of: small),
      seconds: seconds, verification: verification, sampleCount: sampleCount)
  }
}
