/// A loss with linear parts and an elastic regulariser as one linear-quadratic programme: with the rows A of the
/// examples, and a row of the identity for each coefficient with absolute values, all in B,
///
///     min_u max_{t in box} sum_i s_i (t_i ((B u)_i - k_i) - softness_i t_i^2 / 2) + u^T Q u / 2.
///
/// A row's box is the range of the slopes of its loss (``SlopeRange``), a coefficient's is `+-l1`; s_i is the share of
/// a row in the average, 1 for a coefficient; Q holds the squares of the regulariser.
struct BoxProblem<Rows: FeatureRows> {
  let design: StandardizedDesign<Rows>
  /// The coefficients with absolute values.
  let bounded: [Int]
  let kinks: [Double]
  let lows: [Double]
  let highs: [Double]
  let shares: [Double]
  let softness: [Double]
  /// The diagonal of Q.
  let squares: [Double]

  /// The programme of an objective; `nil` if its loss or regulariser have no such form.
  init?<L: Loss, R: Regularizer>(_ objective: StandardizedObjective<Objective<L, Rows, R>>) {
    let examples = objective.base.examples
    let penalty = objective.penalty
    let ranges = examples.targets.compactMap(objective.base.loss.slopeRange)
    guard ranges.count == examples.count, penalty.isElastic else { return nil }
    design = StandardizedDesign(objective)
    bounded = (0..<objective.dimension).filter { penalty.threshold(at: $0) > 0 }
    let thresholds = bounded.map { penalty.threshold(at: $0) }
    let zeros = [Double](repeating: 0, count: bounded.count)
    kinks = ranges.indices.map { ranges[$0].kink - (examples.offsets?[$0] ?? 0) } + zeros
    lows = ranges.map(\.slopes.lowerBound) + thresholds.map { -$0 }
    highs = ranges.map(\.slopes.upperBound) + thresholds
    shares = ranges.indices.map { examples.weight($0) / Double(examples.count) } + zeros.map { _ in 1 }
    softness = ranges.map(\.softness) + zeros
    squares = (0..<objective.dimension).map { penalty.strength(at: $0) }
  }

  /// The number of examples.
  var count: Int { design.examples.count }

  /// Whether it is a linear programme.
  var isLinear: Bool { softness.allSatisfy { $0 == 0 } && squares.allSatisfy { $0 == 0 } }

  /// `B u - k`.
  func margins(_ u: [Double]) -> [Double] {
    zip(product(u), kinks).map(-)
  }

  /// `B u`.
  func product(_ u: [Double]) -> [Double] { design.product(u) + bounded.map { u[$0] } }

  /// `B^T diag(s) t`.
  func gradient(_ t: [Double]) -> [Double] {
    var gradient = design.transposedProduct((0..<count).map { shares[$0] * t[$0] })
    for (place, coordinate) in bounded.enumerated() { gradient[coordinate] += t[count + place] }
    return gradient
  }

  /// The duality gap of u and slopes t in their boxes, as a sum of terms that are not negative: what each row falls
  /// short of its maximum; infinite if a margin is not a number.
  func excess(_ u: [Double], _ t: [Double]) -> Double {
    zip(margins(u), t).enumerated().reduce(0) { sum, entry in
      let (i, (margin, slope)) = (entry.offset, entry.element)
      let best = SlopeRange(kink: 0, slopes: lows[i]...highs[i], softness: softness[i]).slope(margin, width: 0)
      func value(_ t: Double) -> Double { t * margin - 0.5 * softness[i] * t * t }
      let missed = (margin == 0 && softness[i] == 0 ? 0 : value(best)) - value(slope)
      return missed.isNaN ? .infinity : sum + shares[i] * max(0, missed)
    }
  }
}
