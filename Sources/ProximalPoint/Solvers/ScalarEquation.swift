/// The root of an increasing function in a bracket, by safeguarded Newton steps.
///
/// Ends where a Newton step is below 4 units in the last place of the root plus its movement by rounding of the
/// function, or where the bracket contains no number in between. For any finite bracket, the function is evaluated at
/// most `maximumEvaluations` times. A Newton step is taken if it stays inside the bracket and is at most half as long
/// as the last step but one, for the first `newtonEvaluations`; otherwise the bracket is halved *in the order of the
/// floating point numbers*, not in their values: 64 halvings exhaust any bracket, whatever its magnitude. An infinite
/// value of the function counts by its sign, so that overflow only causes halving.
package enum ScalarEquation {
  /// The maximum number of evaluations of the function.
  package static let maximumEvaluations = newtonEvaluations + 66
  private static let newtonEvaluations = 64

  /// The value and the slope of an increasing function.
  package typealias Evaluation = (value: Double, slope: Double)

  /// The root between `low` and `high`, where the function must be at most 0 and at least 0 respectively.
  ///
  /// `noise` bounds the movement of the root by rounding, at a point with this slope; `bend` bounds `|F''| / F'`, so
  /// that after a Newton step of length d the root is within about `bend d^2 / 2`.
  @inline(__always)
  static func root(
    low: Double, high: Double, start: Double, bend: Double = .infinity, noise: (Evaluation) -> Double,
    _ function: (Double) -> Evaluation
  ) -> Double {
    var (low, high) = (low, high)
    var x = min(max(start, low), high)
    var (previous, beforePrevious) = (Double.infinity, Double.infinity)
    for evaluations in 1...maximumEvaluations {
      let evaluation = function(x)
      if evaluation.value == 0 || low == high { return x }
      if evaluation.value > 0 { high = x } else { low = x }
      // If the slope overflows before the value, there is no Newton step.
      let newton = evaluation.slope.isFinite ? x - evaluation.value / evaluation.slope : .nan
      let tolerance = 4 * .ulpOfOne * abs(x) + noise(evaluation)
      let length = abs(newton - x)
      if length <= tolerance || bend * length <= 0.1 && bend * length * length <= tolerance {
        return min(max(newton, low), high)
      }
      let next: Double
      if newton > low, newton < high, length <= 0.5 * beforePrevious, evaluations <= newtonEvaluations {
        next = newton
      } else {
        next = middle(low, high)
        if next == low || next == high { return x }
      }
      (beforePrevious, previous) = (previous, abs(next - x))
      x = next
    }
    return x
  }

  /// The number halfway between two numbers in the order of the floating point numbers.
  static func middle(_ low: Double, _ high: Double) -> Double {
    func place(_ x: Double) -> Int64 {
      let bits = Int64(bitPattern: x.magnitude.bitPattern)
      return x.sign == .minus ? -bits : bits
    }
    let (first, last) = (place(low), place(high))
    let between = first / 2 + last / 2 + (first % 2 + last % 2) / 2
    let magnitude = Double(bitPattern: UInt64(between.magnitude))
    return between < 0 ? -magnitude : magnitude
  }

  /// The scalar proximal step of any loss: the root of `F(xi) = xi + step l'(predictor + xi squaredNorm)`.
  ///
  /// F increases, and its root lies in `[min(0, r), max(0, r)]` with the explicit step `r = -step l'(predictor)`,
  /// clamped to the largest finite number if it overflows.
  @inline(__always)
  package static func proximalDisplacement(
    of loss: some Loss, from predictor: Double, target: Double, step: Double, squaredNorm: Double
  ) -> Double {
    let explicit = -step * loss.derivative(predictor, target)
    guard explicit != 0, !explicit.isNaN else { return explicit }
    let bound = min(max(explicit, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    let start = explicit / (1 + step * squaredNorm * loss.curvature(predictor, target))
    return root(
      low: min(0, bound), high: max(0, bound), start: start.isFinite ? start : 0,
      // An error of one unit in the predictor moves the root by the share of the curvature.
      noise: { 2 * .ulpOfOne * abs(predictor) / squaredNorm * (1 - 1 / $0.slope) }
    ) { xi in
      let g = predictor + xi * squaredNorm
      let value = xi + step * loss.derivative(g, target)
      return (value, 1 + step * squaredNorm * loss.curvature(g, target))
    }
  }
}
