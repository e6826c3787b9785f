import EspalierGraph

extension PruningResult {
  /// The combination of at least one pruning of a network, each applied to the result of the one before (with or
  /// without training in between), the last resulting in `graph`. Its verification is the one with the largest
  /// difference.
  package init(combining results: [PruningResult], graph: Graph) {
    precondition(!results.isEmpty, "nothing to combine")
    self.init(
      graph: graph, groups: results.flatMap(\.groups), before: results[0].before,
      after: results[results.count - 1].after, countedFor: results[0].countedFor,
      seconds: results.dropFirst().reduce(results[0].seconds) { $0 + $1.seconds },
      verification: results.map(\.verification).max { $0.relativeDifference < $1.relativeDifference }
        ?? results[0].verification,
      sampleCount: results[0].sampleCount)
  }
}

extension PruningResult.Seconds {
  /// The sum, stage by stage.
  package static func + (first: Self, second: Self) -> Self {
    Self(
      calibration: first.calibration + second.calibration, selection: first.selection + second.selection,
      refit: first.refit + second.refit, surgery: first.surgery + second.surgery,
      verification: first.verification + second.verification, total: first.total + second.total)
  }
}
