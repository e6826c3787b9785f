import EspalierFiles

extension CalibratedNetwork {
  /// Selection, re-fit, surgery and verification as `request` specifies, every group by the statistics of the dense
  /// network.
  ///
  /// - Throws: `EspalierError`, a refusal, if the result does not equal the masked original.
  package func pruned(_ request: PruningRequest) throws(EspalierError) -> PruningResult {
    var run = PruningRun(graph, from: original, request, on: data, backend: backend)
    run.spent(calibration: calibrationSeconds, problems: problemSeconds, sampleCount: sampleCount)
    try run.prepare(for: targets, of: graph, knowing: problems)
    for (group, problem) in zip(targets, problems) { try run.choose(group, problem) }
    return try run.finish(targets)
  }
}
