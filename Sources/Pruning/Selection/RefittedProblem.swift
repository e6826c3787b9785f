import EspalierLinearAlgebra

/// The quadratic form of re-fitting one layer, reduced as channels are eliminated.
///
/// With `F = G + lambda I` (G centred if the layer has a bias to absorb the mean), re-fitting the layer to kept
/// channels S leaves `tr(W_R E W_R^T)` with R the others and `E = F_RR - F_RS F_SS^-1 F_SR`, the Schur complement. (The
/// remainder includes the penalty, `lambda` times the square of every change of W, dropped columns included.)
/// Eliminating channel k moves it from R to S: `E -= E_k E_k^T / E_kk`. Both greedy methods that anticipate the re-fit
/// are sequences of such pivots.
struct RefittedProblem {
  /// E over all channels; rows and columns of eliminated channels are zero.
  private(set) var form: Matrix
  /// E W^T, channels x outputs.
  private(set) var product: Matrix
  private let rows: [[Int]]
  /// A smaller pivot is rounding error: the channel depends linearly on those already eliminated.
  private let tolerance: Double

  /// The form of `regression` with only the channels eliminated that belong to no unit, which are always kept.
  init(_ regression: Regression, ridge: Ridge) {
    form = ridge.form(of: regression)
    product = Matrix.product(regression.weight, form).transposed
    rows = regression.rows
    tolerance = 1e-12 * (form.diagonal.max() ?? 0)
    let own = Set(rows.joined())
    for row in 0..<form.rows where !own.contains(row) { eliminate(row: row) }
  }

  /// The decrease of `tr(W_R E W_R^T)` from eliminating the channels of `unit`: `tr(M_k^T E_kk^-1 M_k)` with
  /// `M = E W^T`.
  func decrease(eliminating unit: Int) -> Double {
    let own = rows[unit]
    if own.count == 1 {
      let pivot = form[own[0], own[0]]
      guard pivot > tolerance else { return 0 }
      return product.row(own[0]).reduce(0) { $0 + $1 * $1 } / pivot
    }
    var block = form.taking(rows: own, columns: own)
    block.addToDiagonal(tolerance)
    guard let factor = Cholesky(block) else { return 0 }
    let part = product.taking(rows: own)
    let solved = factor.solve(part)
    return (0..<part.columns).reduce(0) { sum, i in own.indices.reduce(sum) { $0 + part[$1, i] * solved[$1, i] } }
  }

  /// Moves the channels of `unit` from R to S. Complexity: O(channels^2) a channel.
  mutating func eliminate(_ unit: Int) {
    for row in rows[unit] { eliminate(row: row) }
  }

  private mutating func eliminate(row: Int) {
    let pivot = form[row, row]
    guard pivot > tolerance else { return }
    let column = form.column(row)
    product.addOuterProduct(column, product.row(row).map { $0 * (-1 / pivot) }, times: 1)
    form.addOuterProduct(column, column, times: -1 / pivot)
  }
}
