import EspalierLinearAlgebra

/// The quadratic form of one layer while the units that it reads are dropped one after another, its weights re-fitted
/// each time.
///
/// With `F = G + lambda I`, `K = F_SS^-1` over the remaining rows S of H, and X the re-fitted weights, dropping the
/// rows k of a unit costs `tr(X_k K_kk^-1 X_k^T) = tr(K_kk^-1 M_k)` with `M_k = X_k^T X_k`, and
///
///     X -= X_k K_kk^-1 K_k        K -= K_k^T K_kk^-1 K_k
///
/// Only the blocks `K_uu` and `M_u` of the units are needed to choose the next, so only these are kept up to date. K
/// itself is `K_0 - L^T L`. Each dropped unit appends its rows to L, and L is folded into K_0 once it has
/// ``mostPending`` rows: one matrix product instead of many passes over K.
struct EliminationForm {
  /// The number of rows of L that are folded into K_0 together.
  private static let mostPending = 128

  private let rows: [[Int]]
  /// K_0.
  private var base: Matrix
  /// L, by rows.
  private var pending: [Double] = []
  /// X^T, rows of H by outputs.
  private var weight: Matrix
  /// K_uu, for each unit.
  private var inverses: [Matrix]
  /// M_u, for each unit.
  private var products: [Matrix]
  private var isDropped: [Bool]

  /// The form of `regression` with nothing dropped. Complexity: O(rows^3).
  init(_ regression: Regression, ridge: Ridge) {
    let base = Cholesky(form: ridge.form(of: regression)).inverse()
    let weight = regression.weight.transposed
    rows = regression.rows
    inverses = rows.map { base.taking(rows: $0, columns: $0) }
    products = rows.map { Self.product(of: weight, $0) }
    isDropped = rows.map { _ in false }
    self.base = base
    self.weight = weight
  }

  /// The increase of the re-fitted residual from dropping `unit`. Complexity: O(r^3) for a unit of r rows.
  func increase(dropping unit: Int) -> Double {
    if rows[unit].count == 1 { return products[unit].elements[0] / inverses[unit].elements[0] }
    return Cholesky(form: inverses[unit]).solve(products[unit]).diagonal.reduce(0, +)
  }

  /// Drops `unit`, of r rows. Complexity: O(rows x (outputs + pending) x r), and amortised O(rows^2) a row for folding.
  mutating func drop(_ unit: Int) {
    let own = rows[unit]
    isDropped[unit] = true
    let factor = Cholesky(form: inverses[unit])
    let band = currentRows(own)
    // Y = X_k K_kk^-1, here transposed.
    let share = factor.solve(weight.taking(rows: own))
    let coupling = Matrix.product(weight, share, transposingSecond: true)
    let shareSquared = Matrix.product(share, share, transposingSecond: true)
    weight.subtractProduct(band, share, transposingFirst: true)
    let lengthening = factor.halfSolve(band)
    for (other, others) in rows.enumerated() where !isDropped[other] {
      if own.count == 1, others.count == 1 {
        let (row, k) = (others[0], band[0, others[0]])
        inverses[other].elements[0] -= lengthening[0, row] * lengthening[0, row]
        products[other].elements[0] += k * (k * shareSquared[0, 0] - 2 * coupling[row, 0])
        continue
      }
      let part = band.taking(columns: others)
      let half = lengthening.taking(columns: others)
      inverses[other].subtractProduct(half, half, transposingFirst: true)
      // (X_u - Y K_ku)^T (X_u - Y K_ku), term by term.
      let mixed = Matrix.product(coupling.taking(rows: others), part)
      let square = Matrix.product(part, Matrix.product(shareSquared, part), transposingFirst: true)
      for i in others.indices {
        for j in others.indices { products[other][i, j] += square[i, j] - mixed[i, j] - mixed[j, i] }
      }
    }
    pending += lengthening.elements
    if pending.count >= Self.mostPending * base.columns { workIn() }
  }

  /// The rows `own` of the current K.
  private func currentRows(_ own: [Int]) -> Matrix {
    var current = base.taking(rows: own)
    guard !pending.isEmpty else { return current }
    let update = Matrix(rows: pending.count / base.columns, columns: base.columns, pending)
    current.subtractProduct(update.taking(columns: own), update, transposingFirst: true)
    return current
  }

  /// Folds L into K_0, and recomputes the products from the weights, so that rounding errors do not accumulate.
  private mutating func workIn() {
    let update = Matrix(rows: pending.count / base.columns, columns: base.columns, pending)
    base.subtractProduct(update, update, transposingFirst: true)
    pending.removeAll(keepingCapacity: true)
    for unit in rows.indices where !isDropped[unit] { products[unit] = Self.product(of: weight, rows[unit]) }
  }

  private static func product(of weight: Matrix, _ own: [Int]) -> Matrix {
    let part = weight.taking(rows: own)
    return Matrix.product(part, part, transposingSecond: true)
  }
}
