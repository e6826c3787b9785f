import EspalierFiles
import EspalierProximalPoint

extension OrdinalLoss {
  /// The deviance of the best thresholds beside the offsets of rows of positive weights; `nil` if they have no finite
  /// optimum.
  func deviance(
    ofThresholdsAlone targets: [Double], weights: [Double], offsets: [Double]
  ) throws(EspalierError) -> Double? {
    let examples = try Examples(
      DenseRows(withoutFeatures: targets.count), targets: targets, offsets: offsets, weights: weights, intercept: true)
    let outcome = try AutomaticSolver().run(self, over: examples).finish()
    guard outcome.status == .converged else { return nil }
    return 2 * outcome.objective * Double(targets.count)
  }
}
