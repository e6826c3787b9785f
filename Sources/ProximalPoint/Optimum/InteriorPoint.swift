/// A primal-dual interior point method for losses with linear parts: quantile regression, support vector machines and
/// Huber's loss, with L1, L2, both or neither (S. Portnoy, R. Koenker, Statistical Science 1997, for quantiles; S.
/// Mehrotra, SIAM Journal on Optimization 1992, for predictor and corrector).
///
/// The distance `r = B u - k - softness t` of a row from its kink is split in `upper - lower`, both positive, and each
/// is tied to the distance of the slope t from an end of its box:
///
///     (high - t) upper = mu,   (t - low) lower = mu,   B^T diag(s) t + Q u = 0,
///
/// for a mu that goes to 0. Newton's step eliminates all but u and t: with `D = 1 / (softness + upper / (high - t) +
/// lower / (t - low))`, `B^T diag(s) dt + Q du = right`, `dt = D (B du + offset)`. Ends when duality gap and gradient
/// are far below the tolerance of the certificate, or no longer improve; a coefficient whose slope is inside its box is
/// then 0.
///
/// Complexity: some 20 iterations of a `WeightedSystem`.
struct InteriorPoint<Rows: FeatureRows> {
  let problem: BoxProblem<Rows>
  let units: LossUnits

  private static var maximumIterations: Int { 200 }

  /// A change of all variables.
  private struct Direction {
    var u: [Double]
    var slopes: [Double]
    var upper: [Double]
    var lower: [Double]
  }

  /// The state before the first iteration, from coordinates `u`.
  func begin(from u: [Double], value: Double) -> InteriorPointState {
    let slopes = zip(problem.lows, problem.highs).map { 0.5 * ($0 + $1) }
    let margins = problem.margins(u)
    let average = margins.reduce(0) { $0 + abs($1) } / Double(max(1, margins.count))
    let room = average > 0 ? 0.1 * average : 1
    return InteriorPointState(
      u: u, slopes: slopes, upper: margins.map { max(0, $0) + room }, lower: margins.map { max(0, -$0) + room },
      trace: [value])
  }

  /// Takes one iteration; `value` is the objective.
  func advance(_ state: inout InteriorPointState, value: ([Double]) -> Double) {
    func end(_ status: Minimization.Status, _ reason: String) { state.end = .init(status: status, reason: reason) }
    let (slope, excess) = measures(state.u, state.slopes)
    let size = max(slope, excess / units.deviance)
    if size < 0.9 * state.best.slope {
      state.best = .init(slope: size, iteration: state.iterations)
      (state.bestU, state.bestSlopes) = (state.u, state.slopes)
    }
    if size <= 1e-4 * Certificate.tolerance { return end(.converged, "the duality gap is far below the tolerance") }
    guard state.iterations - state.best.iteration < 15 else { return end(.stopped, "the duality gap is rounding") }
    guard state.iterations < Self.maximumIterations else {
      return end(.stopped, "\(Self.maximumIterations) iterations done")
    }
    guard step(&state) else { return end(.stopped, "the interior point step is not finite") }
    state.iterations += 1
    state.trace.append(value(state.u))
  }

  /// The best coordinates, with coefficients whose slopes are inside their boxes set to 0, and their certificate; the
  /// start instead, if its objective is lower and they have none. `value` is the objective.
  func solution(
    of state: InteriorPointState, start: [Double], value: ([Double]) -> Double
  ) -> (u: [Double], certificate: Certificate) {
    let (u, slopes) = state.bestU.isEmpty ? (state.u, state.slopes) : (state.bestU, state.bestSlopes)
    var rounded = u
    for (place, coordinate) in problem.bounded.enumerated() {
      let row = problem.count + place
      let room = min(problem.highs[row] - slopes[row], slopes[row] - problem.lows[row]) / problem.highs[row]
      // By complementarity, the product of both is small: that which is smaller is 0.
      if problem.highs[row] * abs(u[coordinate]) < room * units.deviance { rounded[coordinate] = 0 }
    }
    let exact = certificate(of: rounded, slopes, value: value(rounded))
    if exact.holds { return (rounded, exact) }
    let (reached, first) = (value(u), value(start))
    let own = certificate(of: u, slopes, value: reached)
    return own.holds || reached <= first ? (u, own) : (start, certificate(of: start, slopes, value: first))
  }

  /// The gradient that is left of slopes, and their excess.
  private func measures(_ u: [Double], _ slopes: [Double]) -> (slope: Double, excess: Double) {
    (units.slope(ofBlocks: u.count, residual(u, slopes)), problem.excess(u, slopes))
  }

  /// The certificate of coordinates and slopes.
  ///
  /// The objective less that of the dual is the excess and `r^T u`, with r the gradient that is left: it counts where
  /// nearly collinear features have large coefficients. The intercept, whose size is a matter of the target's origin,
  /// is left out.
  private func certificate(of u: [Double], _ slopes: [Double], value: Double) -> Certificate {
    let (slope, excess) = measures(u, slopes)
    let features = problem.design.examples.rows.dimension
    let rest = zip(residual(u, slopes), u).prefix(features).reduce(0) { $0 + $1.0 * $1.1 }
    return Certificate(slope: slope, excess: excess + abs(rest), explained: units.explained(by: value))
  }

  /// `B^T diag(s) t + Q u`.
  private func residual(_ u: [Double], _ slopes: [Double]) -> [Double] {
    zip(problem.gradient(slopes), zip(problem.squares, u)).map { $0 + $1.0 * $1.1 }
  }

  /// Moves a state by predictor and corrector; false if the step is not finite.
  private func step(_ state: inout InteriorPointState) -> Bool {
    let rows = state.slopes.indices
    let highs = rows.map { problem.highs[$0] - state.slopes[$0] }
    let lows = rows.map { state.slopes[$0] - problem.lows[$0] }
    let resistance = rows.map {
      problem.softness[$0] + state.upper[$0] / highs[$0] + state.lower[$0] / lows[$0]
    }
    var ridge = problem.squares
    for (place, coordinate) in problem.bounded.enumerated() {
      ridge[coordinate] += 1 / resistance[problem.count + place]
    }
    let weights = (0..<problem.count).map { max(problem.shares[$0] / resistance[$0], .leastNormalMagnitude) }
    guard let system = WeightedSystem(problem.design, weights: weights, ridge: ridge) else { return false }
    let dual = residual(state.u, state.slopes)
    let margins = problem.margins(state.u)
    let miss = rows.map { margins[$0] - problem.softness[$0] * state.slopes[$0] - state.upper[$0] + state.lower[$0] }

    /// The direction to products `upper (high - t) + up` and `lower (t - low) + low` of these changes.
    func direction(_ up: [Double], _ low: [Double]) -> Direction {
      let offset = rows.map { miss[$0] - up[$0] / highs[$0] + low[$0] / lows[$0] }
      var right = dual.map { -$0 }
      for (place, coordinate) in problem.bounded.enumerated() {
        let row = problem.count + place
        right[coordinate] -= offset[row] / resistance[row]
      }
      let (u, q) = system.solve(right, offsets: Array(offset[..<problem.count]))
      // The slope of an example without weight is part of no sum, and stays.
      var slopes = zip(q, problem.shares).map { $1 > 0 ? $0 / $1 : 0 }
      for (place, coordinate) in problem.bounded.enumerated() {
        let row = problem.count + place
        slopes.append((u[coordinate] + offset[row]) / resistance[row])
      }
      return Direction(
        u: u, slopes: slopes, upper: rows.map { (up[$0] + state.upper[$0] * slopes[$0]) / highs[$0] },
        lower: rows.map { (low[$0] - state.lower[$0] * slopes[$0]) / lows[$0] })
    }
    /// The longest steps, up to 1, that keep distances and slopes positive; one for both unless the programme is
    /// linear.
    func lengths(_ direction: Direction) -> (distances: Double, slopes: Double) {
      var (distances, slopes) = (1.0, 1.0)
      for i in rows {
        if direction.upper[i] < 0 { distances = min(distances, -state.upper[i] / direction.upper[i]) }
        if direction.lower[i] < 0 { distances = min(distances, -state.lower[i] / direction.lower[i]) }
        if direction.slopes[i] > 0 { slopes = min(slopes, highs[i] / direction.slopes[i]) }
        if direction.slopes[i] < 0 { slopes = min(slopes, -lows[i] / direction.slopes[i]) }
      }
      return problem.isLinear ? (distances, slopes) : (min(distances, slopes), min(distances, slopes))
    }

    // Coefficients have a share of 1: their products are those of an example divided by the number of examples.
    let part = rows.map { $0 < problem.count ? 1 : 1 / Double(problem.count) }
    let total = rows.reduce(0) { $0 + 2 * problem.shares[$1] * part[$1] }
    func mu(_ distances: Double, _ slopes: Double, _ direction: Direction) -> Double {
      rows.reduce(0) { sum, i in
        let up = (state.upper[i] + distances * direction.upper[i]) * (highs[i] - slopes * direction.slopes[i])
        let low = (state.lower[i] + distances * direction.lower[i]) * (lows[i] + slopes * direction.slopes[i])
        return sum + problem.shares[i] * (up + low)
      } / total
    }
    let affine = direction(rows.map { -state.upper[$0] * highs[$0] }, rows.map { -state.lower[$0] * lows[$0] })
    let reach = lengths(affine)
    let (now, then) = (mu(0, 0, affine), mu(reach.distances, reach.slopes, affine))
    let centre = now * (then / now) * (then / now) * (then / now)
    let step = direction(
      rows.map { part[$0] * centre - state.upper[$0] * highs[$0] + affine.slopes[$0] * affine.upper[$0] },
      rows.map { part[$0] * centre - state.lower[$0] * lows[$0] - affine.slopes[$0] * affine.lower[$0] })
    guard step.u.allSatisfy(\.isFinite), step.slopes.allSatisfy(\.isFinite) else { return false }
    let length = lengths(step)
    let (distances, slopes) = (min(1, 0.9995 * length.distances), min(1, 0.9995 * length.slopes))
    for j in state.u.indices { state.u[j] += distances * step.u[j] }
    for i in rows {
      state.upper[i] = max(state.upper[i] + distances * step.upper[i], .leastNormalMagnitude)
      state.lower[i] = max(state.lower[i] + distances * step.lower[i], .leastNormalMagnitude)
      let slope = state.slopes[i] + slopes * step.slopes[i]
      // Inside the box, also after rounding.
      let margin = 1e-15 * (problem.highs[i] - problem.lows[i])
      state.slopes[i] = min(max(slope, problem.lows[i] + margin), problem.highs[i] - margin)
    }
    return true
  }
}
