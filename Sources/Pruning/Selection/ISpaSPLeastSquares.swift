import EspalierLinearAlgebra

/// i-SpaSP with the least-squares estimate of CoSaMP, which the paper leaves out: in each iteration the layers that
/// read the units are re-fitted to the support.
///
///     S = {}, V = U - mean
///     repeat:  y_i   = || V H_i^T ||_F^2 / || H_i ||_F^2       correlation with the residual
///              Omega = D(y, 2s) with S                         merge
///              X     = re-fit of W to Omega                    least squares
///              S     = D(|| X_i H_i ||_F^2 over Omega, s)      threshold
///              V     = U - X_S H_S, re-fitted to S             residual
///
/// A re-fitted bias makes the residual's sum over samples zero, so the importance of ``ISpaSP``, which is linear in
/// that sum, tells nothing here; its place is taken by the correlation of CoSaMP, with the units' activations as atoms
/// and the layer's outputs as signals. Supports may come in cycles: the search ends at the first that was there before,
/// and the support with the least re-fitted residual is kept.
///
/// Source: D. Needell and J. Tropp, "CoSaMP: iterative signal recovery from incomplete and inaccurate samples", Applied
/// and Computational Harmonic Analysis 26 (2009), Algorithm 1, for several signals at once as in J. Blanchard et al.,
/// "Greedy algorithms for joint sparse recovery", IEEE Transactions on Signal Processing 62 (2014).
/// Complexity: O((3 s)^3 + outputs x rows^2) an iteration, for each consumer.
package struct ISpaSPLeastSquares: SelectionMethod {
  /// `ispasp-ls`.
  package static let identifier = "ispasp-ls"
  /// The title in reports.
  package static let title = "i-SpaSP with least squares"
  /// Second moments, which determine the re-fit.
  package static let need = StatisticsNeed.secondMoments

  /// The largest number of iterations.
  package var iterations: Int
  /// The ridge of each re-fit.
  package var ridge: Ridge

  /// At most `iterations` iterations, re-fitting with `ridge`.
  package init(iterations: Int = 20, ridge: Ridge = Ridge()) {
    self.iterations = iterations
    self.ridge = ridge
  }

  /// Iterates until a support returns.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    let layers = problem.regressions.map { SupportRefit($0, ridge: ridge) }
    func total(_ values: (SupportRefit) -> [Double]) -> [Double] {
      layers.map(values).reduce(Array(repeating: 0, count: problem.unitCount)) { zip($0, $1).map(+) }
    }
    var support: [Int] = []
    var seen: Set<[Int]> = []
    var best: (support: [Int], residual: Double)?
    for _ in 0..<max(iterations, 1) {
      let correlations = total { $0.correlations($0.weights(keeping: support)) }
      let merged = Set((0..<problem.unitCount).largest(2 * count, by: correlations)).union(support).sorted()
      let sizes = total { $0.contributions($0.weights(keeping: merged)) }
      support = merged.largest(count, by: sizes).sorted()
      let residual = layers.reduce(0) { $0 + $1.residual($1.weights(keeping: support)) }
      if residual < best?.residual ?? .infinity { best = (support, residual) }
      guard seen.insert(support).inserted else { break }
    }
    return Selection(keeping: best?.support ?? support, of: problem)
  }
}

/// The re-fits of one layer to supports, with `F = G + lambda I`.
private struct SupportRefit {
  let regression: Regression
  let form: Matrix
  /// Rows that belong to no unit and are always kept.
  let others: [Int]

  init(_ regression: Regression, ridge: Ridge) {
    self.regression = regression
    form = ridge.form(of: regression)
    let own = Set(regression.rows.joined())
    others = (0..<regression.gram.rows).filter { !own.contains($0) }
  }

  /// `X_S = W_S + W_R F_RS F_SS^-1`, zero outside S.
  func weights(keeping support: [Int]) -> Matrix {
    let weight = regression.weight
    let kept = (support.flatMap { regression.rows[$0] } + others).sorted()
    var fit = Matrix(rows: weight.rows, columns: weight.columns)
    guard !kept.isEmpty else { return fit }
    let target = Matrix.product(weight, form.taking(columns: kept)).transposed
    let solution = Cholesky(form: form.taking(rows: kept, columns: kept)).solve(target)
    for (position, row) in kept.enumerated() {
      for output in 0..<weight.rows { fit[output, row] = solution[position, output] }
    }
    return fit
  }

  /// `|| V H_i^T ||_F^2 / || H_i ||_F^2` for each unit, V the residual of the weights `fit`.
  func correlations(_ fit: Matrix) -> [Double] {
    let products = Matrix.product(change(fit), regression.gram)
    return regression.rows.map { own in
      let energy = own.reduce(0) { $0 + regression.gram[$1, $1] }
      let size = own.reduce(0) { sum, row in
        (0..<products.rows).reduce(sum) { $0 + products[$1, row] * products[$1, row] }
      }
      return energy > 0 ? size / energy : 0
    }
  }

  /// `|| X_i H_i ||_F^2` for each unit.
  func contributions(_ fit: Matrix) -> [Double] {
    regression.rows.map { own in
      let part = fit.taking(columns: own)
      let product = Matrix.product(part, regression.gram.taking(rows: own, columns: own))
      return zip(product.elements, part.elements).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// The penalised residual of the weights `fit`.
  func residual(_ fit: Matrix) -> Double {
    let change = change(fit)
    let product = Matrix.product(change, form)
    return zip(product.elements, change.elements).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func change(_ fit: Matrix) -> Matrix {
    Matrix(rows: fit.rows, columns: fit.columns, zip(regression.weight.elements, fit.elements).map { $0 - $1 })
  }
}
