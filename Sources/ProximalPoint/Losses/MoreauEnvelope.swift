/// A smooth lower bound of a loss: `e(g, b) = min_p l(p, b) + (p - g)^2 / (2 width)`, Moreau's envelope (Bulletin de la
/// SMF, 1965).
///
/// With the minimiser p, the proximal point of g, `e' = (g - p) / width` is a subgradient of l at p. At g it is a
/// subgradient of l up to `excess = l(g) - l(p) - e' (g - p)`: `l(h) >= l(g) + e' (h - g) - excess` for every h. A
/// width of 0 gives l itself; a larger width gives curvature, which Newton's method needs, over a larger range.
package struct MoreauEnvelope<L: Loss>: Loss {
  /// The loss.
  package let base: L
  /// The width of the smoothing; positive.
  package let width: Double

  /// The envelope of a loss.
  package init(base: L, width: Double) {
    self.base = base
    self.width = width
  }

  package var name: String { "\(base.name), smoothed" }
  package var targets: String { base.targets }
  package func accepts(target: Double) -> Bool { base.accepts(target: target) }
  package func minimum(_ target: Double) -> Double { base.minimum(target) }
  package func mean(_ predictor: Double) -> Double { base.mean(predictor) }

  package func value(_ g: Double, _ b: Double) -> Double {
    let slope = derivative(g, b)
    return base.value(g - width * slope, b) + 0.5 * width * slope * slope
  }

  /// The slope between the linear parts, clamped to theirs; without linear parts, by the proximal step.
  package func derivative(_ g: Double, _ b: Double) -> Double {
    base.slopeRange(b)?.slope(g, width: width)
      ?? -base.proximalDisplacement(from: g, target: b, step: width, squaredNorm: 1) / width
  }

  /// `1 / width` if the proximal point is a kink; otherwise `l'' / (1 + width l'')` at the proximal point.
  package func curvature(_ g: Double, _ b: Double) -> Double {
    let slope = derivative(g, b)
    if let range = base.slopeRange(b), slope > range.slopes.lowerBound, slope < range.slopes.upperBound {
      return 1 / (range.softness + width)
    }
    let curvature = base.curvature(g - width * slope, b)
    return curvature / (1 + width * curvature)
  }

  /// The amount by which the envelope's derivative may miss a subgradient of the loss at g; not negative.
  package func excess(_ g: Double, _ b: Double) -> Double {
    let slope = derivative(g, b)
    return max(0, base.value(g, b) - base.value(g - width * slope, b) - slope * slope * width)
  }
}
