import Foundation

/// Wright's omega function of a real number: the positive w with `w + log w = s`.
///
/// The third order variant of Newton's method (Fritsch, Shafer and Crowley, CACM 1973, algorithm 443) from a uniformly
/// good start; two steps reach double precision (P. Lawrence, R. Corless, D. Jeffrey, ACM TOMS 2012, algorithm 917).
/// For s below -700, w is e^s (which may underflow to 0); for s above 1e16, s itself up to rounding.
package enum WrightOmega {
  /// w for an s.
  package static func value(_ s: Double) -> Double {
    if s < -50 { return exp(s) }
    if s > 1e17 { return s }
    var w: Double
    if s < -2 {
      let e = exp(s)
      w = e * (1 - e * (1 - 1.5 * e))
    } else if s < 1.5 {
      // The series around s = 1, where w = 1.
      let d = s - 1
      w = 1 + d * (0.5 + d * (1.0 / 16 - d * (1.0 / 192)))
    } else {
      let l = log(s)
      w = s - l + l / s
    }
    for _ in 0..<2 {
      let r = s - w - log(w)
      let t = (1 + w) * (1 + w + 2.0 / 3 * r)
      w *= 1 + r / (1 + w) * (t - 0.5 * r) / (t - r)
    }
    return w
  }
}
