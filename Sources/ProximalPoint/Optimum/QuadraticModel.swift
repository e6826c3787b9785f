import EspalierLinearAlgebra

/// The quadratic model of an average loss around a point, `g^T d + d^T H d / 2`, plus the exact regulariser.
struct QuadraticModel<R: Regularizer> {
  let gradient: [Double]
  let hessian: Matrix
  /// The regulariser and its coordinates.
  let penalty: CoordinatePenalty<R>

  /// The minimiser d of the model and `R(x + d)`, each curvature `H_jj` raised by `raise` times itself; not a number if
  /// the model is not finite.
  func step(from x: [Double], raise: Double = 0) -> [Double] {
    guard hessian.elements.allSatisfy(\.isFinite), gradient.allSatisfy(\.isFinite) else {
      return [Double](repeating: .nan, count: x.count)
    }
    guard penalty.isQuadratic else {
      var descent = ModelDescent(self, from: x, raise: raise)
      return descent.minimize()
    }
    let slope = x.indices.map { gradient[$0] + penalty.strength(at: $0) * x[$0] }
    return solution(over: Array(x.indices), slope: slope, raise: raise)
  }

  /// The step over some coordinates that removes the slope of the model and the regulariser's squares.
  ///
  /// Coordinates are scaled to a unit diagonal, so that features of any scale are factored alike.
  func solution(over coordinates: [Int], slope: [Double], raise: Double) -> [Double] {
    let (n, width) = (coordinates.count, hessian.columns)
    let diagonal = coordinates.map { hessian[$0, $0] + penalty.strength(at: $0) }
    let scales = diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 1 }
    var system = Matrix(rows: n, columns: n)
    for (i, row) in coordinates.enumerated() {
      for (j, column) in coordinates.enumerated() {
        system.elements[i * n + j] = hessian.elements[row * width + column] * scales[i] * scales[j]
      }
      system[i, i] = diagonal[i] * scales[i] * scales[i] + raise
    }
    let right = zip(coordinates, scales).map { slope[$0] * $1 }
    let solution = Cholesky(form: system).solve(Matrix(rows: n, columns: 1, right))
    return zip(solution.elements, scales).map { -$0 * $1 }
  }
}
