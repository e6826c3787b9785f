import EspalierFiles
import EspalierProximalPoint

/// The model with an intercept alone beside the offsets of rows, or with no coefficient.
struct NullModel {
  private let loss: any Loss
  private let rows: InferenceRows

  /// The model of rows of this loss.
  init(_ loss: any Loss, _ rows: InferenceRows) { (self.loss, self.rows) = (loss, rows) }

  /// Its deviance, with the best intercept or with none.
  ///
  /// Complexity: a pass, and with an intercept two more and one for each of a few steps of Fisher's scoring, kept
  /// between the signs of the derivative.
  func deviance(hasIntercept: Bool) throws(EspalierError) -> Double {
    guard hasIntercept else { return try deviance(loss, at: 0) }
    var (low, high, intercept) = (-Double.infinity, Double.infinity, try start(loss))
    for _ in 0..<200 {
      let (slope, information) = try sums(loss, at: intercept)
      guard slope != 0 else { break }
      if slope > 0 { high = intercept } else { low = intercept }
      var next = intercept - slope / information
      if !(next > low && next < high) {
        let far = 2 * max(1, abs(intercept))
        next = low.isFinite && high.isFinite ? 0.5 * (low + high) : intercept + (slope > 0 ? -far : far)
      }
      guard next.isFinite, abs(next - intercept) > 1e-13 * (1 + abs(next)) else { break }
      intercept = next
    }
    return try deviance(loss, at: intercept)
  }

  /// The optimum of the mean target at the mean offset.
  private func start(_ loss: some Loss) throws(EspalierError) -> Double {
    var (weight, target, offset) = (0.0, 0.0, 0.0)
    try rows.forEachBlock { block in
      let (targets, weights, offsets) = (block.examples.targets, block.examples.weights, block.examples.offsets)
      for row in targets.indices {
        weight += weights[row]
        target += weights[row] * targets[row]
        offset += weights[row] * (offsets?[row] ?? 0)
      }
    }
    return loss.optimum(target / weight) - offset / weight
  }

  private func sums(
    _ loss: some Loss, at intercept: Double
  ) throws(EspalierError) -> (slope: Double, information: Double) {
    var (slope, information) = (0.0, 0.0)
    try rows.forEachBlock { block in
      let (targets, weights, offsets) = (block.examples.targets, block.examples.weights, block.examples.offsets)
      for row in targets.indices {
        let g = intercept + (offsets?[row] ?? 0)
        slope += weights[row] * loss.derivative(g, targets[row])
        information += weights[row] * loss.information(g)
      }
    }
    return (slope, information)
  }

  private func deviance(_ loss: some Loss, at intercept: Double) throws(EspalierError) -> Double {
    var sum = 0.0
    try rows.forEachBlock { block in
      let (targets, weights, offsets) = (block.examples.targets, block.examples.weights, block.examples.offsets)
      for row in targets.indices where weights[row] > 0 {
        sum += weights[row] * loss.deviance(intercept + (offsets?[row] ?? 0), targets[row])
      }
    }
    return sum
  }
}
