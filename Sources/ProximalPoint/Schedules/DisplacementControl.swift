import Foundation

/// A step size that follows how iterates move: longer while they travel, shorter once they hover.
///
/// With momentum a constant step is fast to a neighbourhood of the solution, and that neighbourhood is up to
/// `1 / (1 - beta)` times SPPA's (`QuadraticMethod.stationaryVariance`). This control keeps the one and mends the
/// other. Let r be the iterate at the last change of the step size and `D(k) = ||x_(r+k) - x_r||^2`. Iterates that
/// travel have `D(k) ~ k^2`, a random walk has k, and iterates that hover have a constant. So at k = 4, 8, 16, ...
/// steps after r look at the exponent
///
///     p = log2(D(k) / D(k/2)).
///
/// * *Hovering*, `p < 0.6` and k at least the length of the phase: the step size is halved, from where a step at most
///   halves the distance: `eta <- min(eta, 1/L) / 2`, with `eta L = 1/c - 1` and c the average of the measured
///   contractions of proximal steps. Longer steps solve their batch and are all alike. The least length of a phase
///   doubles with it, so that the step size then falls no faster than 1/t.
/// * *Travelling*, `p > 1.6`, before the first halving: the step size is doubled. An explicit method could not afford
///   the attempt; a proximal step is safe at any length.
///
/// The result is the average of an epoch's iterates. Nothing is to be tuned, a step size to begin with is all. The
/// exponent as a test of hovering is that of S. Pesme, A. Dieuleveut, N. Flammarion, "On convergence-diagnostic based
/// step sizes for stochastic gradient descent" (ICML 2020), for SGD; lengthening, the jump by measured contraction and
/// phases that grow are ours. Nothing is proven; `reproduce sppam-rules` measures. Costs the
/// memory of an iterate, and O(p) at each look.
package struct DisplacementControl: Hashable, Sendable, Codable {
  /// The step size now.
  package private(set) var stepSize: Double
  /// The number of times the step size was shortened.
  package private(set) var shortenings = 0
  /// The number of times it was doubled.
  package private(set) var lengthenings = 0
  /// The number of steps before the last change.
  private var begin = 0
  /// The steps after the last change at which to look next.
  private var look = Self.firstLook
  /// D at the last look; 0 before the first.
  private var lastDisplacement = 0.0
  /// The sum of the contractions at the looks since the last change, and their number.
  private var contractions = 0.0
  private var lookCount = 0.0
  /// The least number of steps between two halvings.
  private var phase = 2 * Self.firstLook

  private static let firstLook = 4
  private static let hovering = 0.6
  private static let travelling = 1.6

  /// A control that begins with this step size.
  package init(stepSize: Double) {
    self.stepSize = stepSize
  }

  /// Whether ``observe(step:squaredDisplacement:contraction:)`` is to be called after this many steps.
  package func isDue(after steps: Int) -> Bool { steps - begin == look }

  /// Takes in `||x - r||^2` after so many steps in all, and the contraction of the last proximal step.
  ///
  /// Returns whether the step size has changed; then the present iterate is the new r.
  package mutating func observe(step: Int, squaredDisplacement: Double, contraction: Double) -> Bool {
    contractions += contraction
    lookCount += 1
    let length = look
    let exponent = lastDisplacement > 0 ? log2(squaredDisplacement / lastDisplacement) : nil
    (lastDisplacement, look) = (squaredDisplacement, 2 * look)
    guard let exponent else { return false }
    if exponent < Self.hovering, length >= phase {
      // The curvature may have overflowed, and the contraction be 0.
      let average = max(contractions / lookCount, 1e-12)
      stepSize /= 2 * max(1 / average - 1, 1)
      shortenings += 1
      phase *= 2
      restart(at: step)
      return true
    }
    if exponent > Self.travelling, shortenings == 0 {
      stepSize *= 2
      lengthenings += 1
      restart(at: step)
      return true
    }
    return false
  }

  private mutating func restart(at step: Int) {
    (begin, look, lastDisplacement, contractions, lookCount) = (step, Self.firstLook, 0, 0, 0)
  }
}
