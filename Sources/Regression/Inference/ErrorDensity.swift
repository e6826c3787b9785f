import EspalierFiles
import EspalierProximalPoint
import Foundation

/// The density of the errors of quantile regression at 0, by Epanechnikov's kernel with the bandwidth of P. Hall and
/// S. Sheather (1988), as statsmodels' `QuantReg` takes it (R. Koenker, Quantile Regression, 2005, 3.4.2).
struct ErrorDensity {
  /// The density; `nil` if so many errors are 0 that their quartiles are, too.
  let value: Double?

  /// The density of the errors of these rows, which are all kept in memory.
  init(_ rows: InferenceRows, _ fit: FitAtSolution, quantile q: Double) throws(EspalierError) {
    var (errors, targets) = ([Double](), [Double]())
    try rows.forEachBlock { block in
      let (all, weights) = (block.examples.targets, block.examples.weights)
      for (row, g) in fit.predictors(block.examples).enumerated() where weights[row] > 0 {
        errors.append(all[row] - g)
        targets.append(all[row])
      }
    }
    let n = Double(errors.count)
    let mean = targets.reduce(0, +) / n
    let deviation = (targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot()
    let sorted = errors.sorted()
    let range = Self.percentile(sorted, 0.75) - Self.percentile(sorted, 0.25)
    let z = Normal.quantile(q)
    let ratio = 1.5 * Normal.density(z) * Normal.density(z) / (2 * z * z + 1)
    let share = pow(n, -1 / 3) * pow(Normal.quantile(0.975), 2 / 3) * pow(ratio, 1 / 3)
    let span = Normal.quantile(min(q + share, 1 - 1e-9)) - Normal.quantile(max(q - share, 1e-9))
    let width = min(deviation, range / 1.34) * span
    let sum = errors.reduce(0) { sum, error in
      let u = error / width
      return abs(u) <= 1 ? sum + 0.75 * (1 - u * u) : sum
    }
    let density = sum / (n * width)
    value = density > 0 && density.isFinite ? density : nil
  }

  /// A percentile, linear between order statistics.
  private static func percentile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    return sorted[low] + (place - Double(low)) * (sorted[min(low + 1, sorted.count - 1)] - sorted[low])
  }
}
