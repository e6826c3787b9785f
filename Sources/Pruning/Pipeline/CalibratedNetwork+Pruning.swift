import Graph

extension CalibratedNetwork {
  /// Selection, re-fit, surgery and verification, as `request` asks.
  ///
  /// - Throws: `Refusal` if the result does not equal the masked original.
  public func pruned(_ request: PruningRequest) throws -> PruningResult {
    var clock = StageClock()
    let selections = zip(targets, problems).map { group, problem in
      let count = request.count(for: group)
      return count == group.size
        ? Selection(keeping: Array(0..<count), of: problem) : request.method.select(count, of: problem)
    }
    let kept = Dictionary(uniqueKeysWithValues: zip(targets.map(\.id), selections.map(\.kept)))
    let selectionSeconds = clock.lap()

    var dense = graph
    var residuals: [Double?] = []
    for (index, selection) in selections.enumerated() {
      let refit = request.refit.map { GroupRefit(targets[index], problems[index], keeping: selection.kept, ridge: $0) }
      try refit?.store(in: &dense)
      residuals.append(refit?.residual)
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
      graph: small,
      groups: targets.indices.map { index in
        .init(
          group: targets[index], selection: selections[index], outputEnergy: problems[index].outputEnergy,
          refittedResidual: residuals[index])
      },
      before: try ModelCost(of: graph), after: try ModelCost(of: small),
      seconds: .init(
        calibration: calibrationSeconds, selection: problemSeconds + selectionSeconds, refit: refitSeconds,
        surgery: surgerySeconds, verification: verificationSeconds,
        total: calibrationSeconds + problemSeconds + clock.total),
      verification: verification, sampleCount: sampleCount)
  }
}

extension Graph {
  /// Prunes the network: groups, statistics in one pass over the data, selection, re-fit, surgery, verification.
  ///
  /// - Parameter progress: Told how many calibration samples are done.
  /// - Throws: `Refusal` if nothing can be pruned or the result does not equal the masked original; `DataError` if the network
  ///   or the data cannot be used.
  public func pruned(
    _ request: PruningRequest, calibration data: any CalibrationData, progress: (Int) -> Void = { _ in }
  ) throws -> PruningResult {
    try CalibratedNetwork(self, for: request, calibration: data, progress: progress).pruned(request)
  }
}
