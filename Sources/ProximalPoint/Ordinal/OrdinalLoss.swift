import Foundation

/// The negative log likelihood of ordered classes 0, 1, ..., K - 1 by thresholds `t_1 < ... < t_(K-1)` of one linear
/// predictor g: `P(b < k) = F(t_k - g)`, hence `l = -log(F(t_(b+1) - g) - F(t_b - g))` with `t_0 = -inf`, `t_K = inf`
/// (P. McCullagh, Journal of the Royal Statistical Society B 1980; with the logit, proportional odds).
///
/// A larger predictor makes higher classes more likely. With a log-concave density, l is convex in predictor and
/// thresholds together (J. Burridge 1981; J. Pratt, Journal of the American Statistical Association 1981).
package struct OrdinalLoss: Hashable, Sendable {
  /// The links whose distribution F has a log-concave density.
  package static let links: [Link] = [.logit, .probit, .complementaryLogLog]

  /// The link, the inverse of F.
  package let link: Link
  /// The number of classes K.
  package let classes: Int

  /// The loss for a number of classes, at least 2.
  package init(link: Link, classes: Int) {
    precondition(classes >= 2, "there are at least two classes")
    (self.link, self.classes) = (link, classes)
  }

  /// Whether a target is a class number.
  package func accepts(target: Double) -> Bool {
    target >= 0 && target < Double(classes) && target.rounded() == target
  }

  /// `l(g, b)`; infinite where the thresholds on both sides of b are not in order.
  ///
  /// - Parameter thresholds: `t_1`, ..., `t_(K-1)`.
  package func value(_ g: Double, _ b: Int, thresholds: [Double]) -> Double {
    IntervalLoss.value(from: lower(b, thresholds) - g, to: upper(b, thresholds) - g, link)
  }

  /// The probabilities of the classes.
  package func shares(_ g: Double, thresholds: [Double]) -> [Double] {
    (0..<classes).map { exp(-value(g, $0, thresholds: thresholds)) }
  }

  /// The loss of a row of class b, with its derivatives.
  func interval(_ g: Double, _ b: Int, thresholds: [Double]) -> IntervalLoss {
    IntervalLoss(from: lower(b, thresholds) - g, to: upper(b, thresholds) - g, link)
  }

  /// The thresholds at which the classes have these shares, all positive, if the predictor is 0.
  func thresholds(ofShares shares: [Double]) -> [Double] {
    var (below, above) = (0.0, shares.reduce(0, +))
    return shares.dropLast().map { share in
      below += share
      above -= share
      return link.quantile(below, complement: max(above, .leastNormalMagnitude))
    }
  }

  private func lower(_ b: Int, _ thresholds: [Double]) -> Double { b == 0 ? -.infinity : thresholds[b - 1] }

  private func upper(_ b: Int, _ thresholds: [Double]) -> Double { b == classes - 1 ? .infinity : thresholds[b] }
}

extension Link {
  /// The predictor of a mean m between 0 and 1, for the links of ``OrdinalLoss``.
  ///
  /// - Parameter complement: `1 - m`, apart from it so that it may be small.
  fileprivate func quantile(_ m: Double, complement: Double) -> Double {
    switch self {
    case .probit: m < complement ? Normal.quantile(m) : -Normal.quantile(complement)
    case .complementaryLogLog: Foundation.log(-Foundation.log(complement))
    default: Foundation.log(m / complement)
    }
  }
}
