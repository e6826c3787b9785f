import Foundation

/// The least-squares line `log y = slope log x + intercept` through points with positive coordinates: the power law
/// that they follow.
package struct LogarithmicFit: Hashable, Sendable {
  /// The exponent of x.
  package let slope: Double
  /// The share of the variance of log y that the line explains; 1 where y does not vary.
  package let determination: Double

  /// The line through `points`; `nil` unless they have two different x.
  package init?(_ points: [(x: Double, y: Double)]) {
    let logarithms = points.map { (x: log($0.x), y: log($0.y)) }
    let count = Double(points.count)
    let meanX = logarithms.reduce(0) { $0 + $1.x } / count
    let meanY = logarithms.reduce(0) { $0 + $1.y } / count
    let spread = logarithms.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    let variation = logarithms.reduce(0) { $0 + ($1.y - meanY) * ($1.y - meanY) }
    let covariance = logarithms.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
    guard spread > 0 else { return nil }
    slope = covariance / spread
    determination = variation > 0 ? covariance * covariance / (spread * variation) : 1
  }
}
