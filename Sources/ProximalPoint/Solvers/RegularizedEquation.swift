/// The proximal step of one example's loss *and* a separable regulariser, as one scalar equation.
///
/// The minimiser of `w l(<a, y>, b) + R(y) + ||y - z||^2 / (2 step)` is `y = prox_R(z + xi a)` with
/// `xi = -step w l'(g(xi), b)`, `g(xi) = <a, prox_R(z + xi a)>`. prox_R is monotone, so g increases and the equation
/// has one root, between 0 and the explicit step at `g(0)`. Complexity: O(nnz) for each of a few evaluations.
struct RegularizedEquation<Rows: FeatureRows, R: Regularizer> {
  let loss: any Loss
  let examples: Examples<Rows>
  let regularizer: R
  let row: Int
  let step: Double
  /// The point z.
  let point: UnsafePointer<Double>

  func displacement() -> Double {
    let target = examples.targets[row]
    let weighted = step * examples.weight(row)
    let explicit = -weighted * loss.derivative(predictor(0).value, target)
    guard explicit != 0, !explicit.isNaN else { return explicit }
    let bound = min(max(explicit, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
    return ScalarEquation.root(low: min(0, bound), high: max(0, bound), start: 0, noise: { _ in 0 }) { xi in
      let g = predictor(xi)
      return (
        xi + weighted * loss.derivative(g.value, target), 1 + weighted * g.slope * loss.curvature(g.value, target)
      )
    }
  }

  private func predictor(_ xi: Double) -> ScalarEquation.Evaluation {
    var value = 0.0
    var slope = 0.0
    if let offsets = examples.offsets { value += offsets[row] }
    if examples.hasIntercept {
      value += point[examples.rows.dimension] + xi
      slope += 1
    }
    examples.rows.forEachElement(of: row) { column, a in
      let moved = point[column] + xi * a
      value += a * regularizer.proximal(moved, step: step)
      slope += a * a * regularizer.slope(moved, step: step)
    }
    return (value, slope)
  }
}
