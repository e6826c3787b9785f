import EspalierProximalPoint
import EspalierTables
import Foundation

/// The maximum likelihood estimate of the negative binomial's dispersion alpha, at given means.
struct NegativeBinomialShape {
  /// The alpha at or below which there is no dispersion beyond Poisson's.
  static let smallest = 1e-8
  private static let largest = 1e8

  private let targets: [(count: Double, mean: Double, weight: Double)]

  /// The shape of these rows at these means.
  init(_ rows: Rows, means: [Double]) {
    targets = means.indices.map { (rows.targets[$0], means[$0], rows.weights.isEmpty ? 1 : rows.weights[$0]) }
  }

  /// The estimate, between `smallest` and 1e8, by bisection of the derivative by log alpha.
  ///
  /// Complexity: about 60 passes over the rows.
  var estimate: Double {
    var (low, high) = (log(Self.smallest), log(Self.largest))
    guard slope(inverse: 1 / Self.smallest) < 0 else { return Self.smallest }
    while high - low > 1e-13 * max(1, abs(low)) {
      let middle = 0.5 * (low + high)
      guard middle > low, middle < high else { break }
      if slope(inverse: exp(-middle)) < 0 { low = middle } else { high = middle }
    }
    return exp(0.5 * (low + high))
  }

  /// The derivative of the log likelihood by `theta = 1 / alpha`:
  /// `sum w (psi(y + theta) - psi(theta) - log(1 + m / theta) + (m - y) / (theta + m))`.
  private func slope(inverse theta: Double) -> Double {
    targets.reduce(0) { sum, row in
      let increase = digammaIncrease(from: theta, by: row.count)
      return sum + row.weight
        * (increase - log1p(row.mean / theta) + (row.mean - row.count) / (theta + row.mean))
    }
  }
}
