/// The negative log likelihood of classes 0 and 1, or shares between, whose mean m = h(g) has another link than the
/// logit: `l = -b log m - (1 - b) log(1 - m)`.
///
/// Both logarithms are computed by the link, so that neither underflows: `log Phi` for probit, `-e^g` for the
/// complementary log-log link. With these, and the logarithm and identity, l is convex, because h and 1 - h are
/// log-concave (R. Wedderburn, Biometrika 1976); with cauchit it is not, and `curvature` is Fisher's information.
package struct BinomialLinkLoss: Loss {
  /// The link.
  package let link: Link

  /// The loss of a link.
  package init(link: Link) { self.link = link }

  /// The name in reports.
  package var name: String { "binomial (\(link.rawValue) link)" }

  /// The accepted targets, in words that follow "is not".
  package var targets: String { "between 0 and 1" }

  /// Classes 0 and 1, and shares.
  package func accepts(target: Double) -> Bool { 0...1 ~= target }

  /// The predictors of means between 0 and 1.
  package var domain: PredictorDomain {
    switch link {
    case .log: PredictorDomain(upper: 0)
    case .identity: PredictorDomain(lower: 0, upper: 1)
    default: .everywhere
    }
  }

  /// With all links but cauchit.
  package var isConvex: Bool { link != .cauchit }

  /// True for links that reach 0 or 1 at infinity.
  package var hasMinimaAtInfinity: Bool { link != .identity }

  /// `-b log m - (1 - b) log(1 - m)`; infinite outside of the domain.
  package func value(_ g: Double, _ b: Double) -> Double {
    guard domain.contains(g) else { return .infinity }
    let part = MeanLogarithms(g, link)
    return (b == 0 ? 0 : -b * part.log) + (b == 1 ? 0 : (b - 1) * part.logComplement)
  }

  /// `-b h' / m + (1 - b) h' / (1 - m)`.
  package func derivative(_ g: Double, _ b: Double) -> Double {
    guard domain.contains(g) else { return domain.slope(outside: g) }
    let part = MeanLogarithms(g, link)
    return (b == 0 ? 0 : -b * part.slope) + (b == 1 ? 0 : (1 - b) * part.complementSlope)
  }

  /// The second derivative; with cauchit Fisher's information `h'^2 / (m (1 - m))`.
  package func curvature(_ g: Double, _ b: Double) -> Double {
    guard domain.contains(g) else { return 0 }
    guard !isConvex else { return max(0, secondDerivative(g, b)) }
    let part = MeanLogarithms(g, link)
    return part.slope * part.complementSlope
  }

  /// The second derivative; 0 outside of the domain.
  package func secondDerivative(_ g: Double, _ b: Double) -> Double {
    guard domain.contains(g) else { return 0 }
    let part = MeanLogarithms(g, link)
    return (b == 0 ? 0 : b * part.bend) + (b == 1 ? 0 : (1 - b) * part.complementBend)
  }

  /// The entropy of b: 0 for classes.
  package func minimum(_ b: Double) -> Double { LogisticLoss().minimum(b) }

  /// `h(g)`.
  package func mean(_ g: Double) -> Double { link.mean(g) }

  /// `m (1 - m)`.
  package func variance(_ m: Double) -> Double { m * (1 - m) }
}
