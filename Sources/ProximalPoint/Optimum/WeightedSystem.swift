import EspalierLinearAlgebra

/// The factored system of an interior point step, for a right-hand side r and offsets o of the rows,
///
///     A^T q + diag(ridge) x = r,   q = diag(weights) (A x + o).
///
/// The p x p system of the columns, `(A^T diag(weights) A + diag(ridge)) x = r - A^T diag(weights) o`, is factored, and
/// its solutions are refined by solving again for what is left of the right-hand side (J. Wilkinson, 1963).
///
/// With fewer rows than columns, and a ridge on every feature, the n x n system of the rows is factored (M. Woodbury,
/// 1950): with F the features and E their ridge, `S = diag(1 / weights) + F E^-1 F^T`,
///
///     S q = o + F E^-1 r + x_0 1,   1^T q = r_0,   x = E^-1 (r - F^T q).
///
/// It is solved for q first: where a ridge is nearly 0, and x large, `diag(weights) (A x + o)` would be rounding.
///
/// Complexity: O(n p^2 + p^3), or O(n^2 p + n^3); each solution O(n p) and the square of the smaller.
struct WeightedSystem<Rows: FeatureRows> {
  private enum Factor {
    case columns(ScaledCholesky)
    /// The factor of S, and `S^-1 1`.
    case rows(ScaledCholesky, ones: [Double])
  }

  private let design: StandardizedDesign<Rows>
  private let weights: [Double]
  private let ridge: [Double]
  private let factor: Factor

  /// The number of equations that are factored, with a ridge on every feature or not on all.
  static func size(_ design: StandardizedDesign<Rows>, isRidge: Bool) -> Int {
    isRidge ? min(design.examples.count, design.width) : design.width
  }

  /// Factors the system for positive weights; `nil` if it is not finite.
  init?(_ design: StandardizedDesign<Rows>, weights: [Double], ridge: [Double]) {
    self.design = design
    self.weights = weights
    self.ridge = ridge
    let features = design.examples.rows.dimension
    if design.examples.count < features, ridge.prefix(features).allSatisfy({ $0 > 0 }) {
      var system = design.rowGram(ridge.prefix(features).map { 1 / $0 })
      for (row, weight) in weights.enumerated() { system[row, row] += 1 / weight }
      guard let factor = ScaledCholesky(system) else { return nil }
      self.factor = .rows(factor, ones: factor.solve([Double](repeating: 1, count: weights.count)))
    } else {
      var system = design.gram(weights)
      for (place, ridge) in ridge.enumerated() { system[place, place] += ridge }
      guard let factor = ScaledCholesky(system) else { return nil }
      self.factor = .columns(factor)
    }
  }

  /// The solution x and q for a right-hand side and the offsets of the rows.
  func solve(_ right: [Double], offsets: [Double]) -> (x: [Double], q: [Double]) {
    switch factor {
    case .columns(let factor):
      let pull = design.transposedProduct(zip(weights, offsets).map(*))
      let x = refined(factor, zip(right, pull).map(-))
      return (x, zip(weights, zip(design.product(x), offsets)).map { $0 * ($1.0 + $1.1) })
    case .rows(let factor, let ones):
      let features = design.examples.rows.dimension
      let hasIntercept = design.examples.hasIntercept
      var x = (0..<features).map { right[$0] / ridge[$0] }
      if hasIntercept { x.append(0) }
      var q = factor.solve(zip(offsets, design.product(x)).map(+))
      if hasIntercept {
        x[features] = (right[features] - q.reduce(0, +)) / ones.reduce(0, +)
        for row in q.indices { q[row] += x[features] * ones[row] }
      }
      let back = design.transposedProduct(q)
      for j in 0..<features { x[j] = (right[j] - back[j]) / ridge[j] }
      return (x, q)
    }
  }

  /// The solution of the system of the columns, refined until what is left no longer halves.
  private func refined(_ factor: ScaledCholesky, _ right: [Double]) -> [Double] {
    func rest(_ solution: [Double]) -> [Double] {
      let image = design.transposedProduct(zip(weights, design.product(solution)).map(*))
      return right.indices.map { right[$0] - image[$0] - ridge[$0] * solution[$0] }
    }
    func size(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 } }
    var solution = factor.solve(right)
    var left = rest(solution)
    for _ in 0..<10 {
      let next = zip(solution, factor.solve(left)).map(+)
      let nextLeft = rest(next)
      guard size(nextLeft) < 0.25 * size(left) else { break }
      (solution, left) = (next, nextLeft)
    }
    return solution
  }
}

/// The Cholesky factor of a symmetric matrix scaled to a unit diagonal, so that rows of any size are factored alike.
struct ScaledCholesky {
  private let scales: [Double]
  private let factor: Cholesky

  /// Factors a positive semi-definite matrix; `nil` if it is not finite.
  init?(_ matrix: Matrix) {
    guard matrix.elements.allSatisfy(\.isFinite) else { return nil }
    scales = matrix.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 1 }
    var scaled = matrix
    for i in 0..<matrix.rows {
      for j in 0..<matrix.columns { scaled.elements[i * matrix.columns + j] *= scales[i] * scales[j] }
    }
    factor = Cholesky(form: scaled)
  }

  /// The solution for a right-hand side.
  func solve(_ right: [Double]) -> [Double] {
    let solution = factor.solve(Matrix(rows: right.count, columns: 1, zip(right, scales).map(*)))
    return zip(solution.elements, scales).map(*)
  }
}
