import EspalierLinearAlgebra

/// The quadratic model of an average loss around a point, `g^T d + d^T H d / 2`, plus the exact regulariser.
struct QuadraticModel<R: Regularizer> {
  let gradient: [Double]
  let hessian: Matrix
  /// The regulariser and its coordinates.
  let penalty: CoordinatePenalty<R>

  /// The minimiser d of the model and `R(x + d)`, each curvature `H_jj` raised by `raise` times itself.
  func step(from x: [Double], raise: Double = 0) -> [Double] {
    penalty.isQuadratic ? exactStep(from: x, raise) : coordinateDescent(from: x, raise)
  }

  /// The change of the model and the regulariser along d; negative.
  func promise(of direction: [Double], from x: [Double]) -> Double {
    var promise = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
    for j in x.indices { promise += penalty.value(x[j] + direction[j], at: j) - penalty.value(x[j], at: j) }
    return promise
  }

  private func exactStep(from x: [Double], _ raise: Double) -> [Double] {
    var system = hessian
    var right = gradient
    for j in x.indices {
      let strength = penalty.strength(at: j)
      system[j, j] += strength
      right[j] += strength * x[j]
    }
    // Scaled to a unit diagonal, so that features of any scale are factored alike.
    let scales = system.diagonal.map { $0 > 0 && $0.isFinite ? 1 / $0.squareRoot() : 1 }
    guard system.elements.allSatisfy(\.isFinite), right.allSatisfy(\.isFinite) else {
      return [Double](repeating: .nan, count: x.count)
    }
    for i in 0..<x.count {
      for j in 0..<x.count { system[i, j] *= scales[i] * scales[j] }
      system[i, i] += raise
    }
    let solution = Cholesky(form: system).solve(Matrix(rows: x.count, columns: 1, zip(right, scales).map(*)))
    return zip(solution.elements, scales).map { -$0 * $1 }
  }

  private func coordinateDescent(from x: [Double], _ raise: Double) -> [Double] {
    var d = [Double](repeating: 0, count: x.count)
    var slope = gradient
    for _ in 0..<10_000 {
      var largest = 0.0
      for j in 0..<x.count {
        let curvature = max((1 + raise) * hessian[j, j], .leastNormalMagnitude)
        let new = penalty.proximal(x[j] + d[j] - slope[j] / curvature, at: j, step: 1 / curvature) - x[j]
        let change = new - d[j]
        guard change != 0, change.isFinite else { continue }
        d[j] = new
        for k in 0..<x.count { slope[k] += hessian[k, j] * change }
        slope[j] += raise * hessian[j, j] * change
        largest = max(largest, curvature * change * change)
      }
      let model = zip(d, slope).reduce(0) { $0 + abs($1.0 * $1.1) }
      if largest <= 1e-20 * model || largest == 0 { break }
    }
    return d
  }
}
