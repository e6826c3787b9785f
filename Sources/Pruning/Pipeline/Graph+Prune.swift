import Engine
import Files
import Graph
import Operators

extension Graph {
  /// Prunes the network: groups, statistics in one pass over the data, selection, re-fit, surgery, verification.
  ///
  /// - Parameter progress: Told how many calibration samples are done.
  /// - Throws: `Refusal` if nothing can be pruned or the result does not equal the masked original; `DataError` if the network
  ///   or the data cannot be used.
  public func pruned(
    _ request: PruningRequest, calibration data: any CalibrationData, backend: any Backend = Backends.standard,
    progress: (Int) -> Void = { _ in }
  ) throws -> PruningResult {
    var clock = StageClock()
    let targets = try request.targets(among: pruningGroups())
    let activations = Set(targets.flatMap { $0.consumers.map(\.activation) }).sorted()
    let calibration = try Calibration(
      of: self, at: activations, on: data, batchSize: request.batchSize, backend: backend, progress: progress)
    let calibrationSeconds = clock.lap()

    let problems = try targets.map { try SelectionProblem($0, of: self, calibration) }
    let selections = zip(targets, problems).map { group, problem in
      let count = request.count(for: group)
      return count == group.size
        ? Selection(keeping: Array(0..<count), of: problem) : request.method.select(count, of: problem)
    }
    let kept = Dictionary(uniqueKeysWithValues: zip(targets.map(\.id), selections.map(\.kept)))
    let selectionSeconds = clock.lap()

    var dense = self
    var groups: [PruningResult.Group] = []
    for ((group, problem), selection) in zip(zip(targets, problems), selections) {
      if let ridge = request.refit {
        dense = dense.refitting(group, keeping: selection.kept, problem, ridge: ridge)
      }
      groups.append(
        .init(
          group: group, selection: selection, outputEnergy: problem.outputEnergy,
          refittedResidual: request.refit.map { ridge in
            problem.consumers.reduce(0) { $0 + LayerRefit($1, keeping: selection.kept, ridge: ridge).residual }
          }))
    }
    let refitSeconds = clock.lap()

    let small = try dense.pruning(targets, keeping: kept)
    let surgerySeconds = clock.lap()
    let verification = try Verification(
      of: small, against: dense.masking(targets, keeping: kept), on: data, backend: backend)
    guard verification.holds else {
      throw Refusal(
        "the pruned network differs from the masked original by \(verification.relativeDifference) relative, "
          + "so it is not written; this is a fault of ours, please report it")
    }
    let verificationSeconds = clock.lap()
    return PruningResult(
      graph: small, groups: groups, before: try ModelCost(of: self), after: try ModelCost(of: small),
      seconds: .init(
        calibration: calibrationSeconds, selection: selectionSeconds, refit: refitSeconds, surgery: surgerySeconds,
        verification: verificationSeconds, total: clock.total),
      verification: verification, sampleCount: calibration.sampleCount)
  }
}

/// Seconds from one stage to the next.
private struct StageClock {
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now

  /// Seconds since the last call, or since the beginning.
  mutating func lap() -> Double {
    let now = ContinuousClock.now
    defer { last = now }
    return (now - last) / .seconds(1)
  }

  /// Seconds since the beginning.
  var total: Double { (ContinuousClock.now - start) / .seconds(1) }
}
