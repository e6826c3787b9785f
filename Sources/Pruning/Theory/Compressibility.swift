import Foundation

/// How compressible a hidden representation is: the power law that the sizes of its rows follow.
///
/// With `h_(1) >= h_(2) >= ..` the sorted row sums of H, the representation is p-compressible with constant R, or in
/// the ball of radius R of weak lp, if
///
///     h_(i) <= R i^(-1/p)   for all i.
///
/// The smaller p, the faster the rows fall. Below p = 1 the tail of the law has a finite sum whatever the width is, and
/// the theorem's residual falls polynomially (``promisedDegree``); from p = 1 on it promises nothing
/// (``RecoveryBound``).
///
/// Source: E. Candes and T. Tao, "Near-optimal signal recovery from random projections", 2006, section 1.2; C. R. Wolfe
/// and A. Kyrillidis, L4DC 2022, section 4, for the rows of a hidden representation.
package struct Compressibility: Hashable, Sendable, Codable {
  /// p, from the slope -1/p of the least-squares line through the points (log i, log h_(i)) of the larger half of the
  /// rows that are not zero; infinite where sizes are equal. In trained networks nearly silent units end the list, and
  /// a line through all rows would tell of these alone.
  package let exponent: Double
  /// R, the least constant with which the law holds at that p for all rows.
  package let constant: Double
  /// The share of the variance of log h_(i) in that half that the line explains, R squared of the regression: near 1,
  /// sizes follow a power law; otherwise p describes no more than their mean fall.
  package let determination: Double

  /// The law of rows of these sizes; `nil` for fewer than three that are not zero.
  ///
  /// Complexity: O(n log n).
  package init?(sizes: [Double]) {
    let sorted = sizes.filter { $0 > 0 }.sorted(by: >)
    guard sorted.count >= 3,
      let line = LogarithmicFit(
        sorted.prefix(max(3, (sorted.count + 1) / 2)).enumerated().map { (x: Double($0 + 1), y: $1) })
    else { return nil }
    let exponent = line.slope < 0 ? -1 / line.slope : .infinity
    self.exponent = exponent
    constant = sorted.enumerated().reduce(0) { max($0, $1.element * pow(Double($1.offset + 1), 1 / exponent)) }
    determination = line.determination
  }

  /// The degree d for which the theorem promises that `|| V ||_F^2` falls like `s^-d`: `2/p - 1` for p < 1, and `nil`
  /// from 1 on.
  package var promisedDegree: Double? { Self.promisedDegree(of: exponent) }

  /// The same for a representation of exponent `p`.
  package static func promisedDegree(of p: Double) -> Double? { p < 1 ? 2 / p - 1 : nil }
}
