import EspalierLinearAlgebra

/// Standardised rows as a matrix A, one column for each feature and one of ones for the intercept.
struct StandardizedDesign<Rows: FeatureRows> {
  /// The rows, scaled and perhaps not yet shifted.
  let examples: Examples<Rows>
  /// The shifts in effect.
  let shift: ImplicitShift

  /// The rows of an objective.
  init<L: Loss, R: Regularizer>(_ objective: StandardizedObjective<Objective<L, Rows, R>>) {
    examples = objective.base.examples.withoutOffsets
    shift = ImplicitShift(shifts: objective.shifts, block: objective.penalty.block)
  }

  /// The number of columns.
  var width: Int { examples.dimension }

  /// `A x`.
  func product(_ x: [Double]) -> [Double] { examples.predictors(shift.stored(x)) }

  /// `A^T factors`.
  func transposedProduct(_ factors: [Double]) -> [Double] {
    var product = examples.combination(factors)
    shift.convert(gradient: &product)
    return product
  }

  /// `A^T diag(factors) A`. Complexity: O(n p^2).
  func gram(_ factors: [Double]) -> Matrix {
    var gram = examples.weightedGram(factors)
    shift.convert(hessian: &gram)
    return gram
  }

  /// `F diag(factors) F^T` with the columns F of the features. Complexity: O(n nnz), and O(n^2 p) for dense rows.
  func rowGram(_ factors: [Double]) -> Matrix {
    let (n, p) = (examples.count, examples.rows.dimension)
    let shifts = shift.shifts ?? []
    var gram = Matrix(rows: n, columns: n)
    // Of the shifts, `-1 c^T - c 1^T + (m^T diag(factors) m) 1 1^T` remains with c = X diag(factors) m.
    let weighted = zip(shifts, factors).map(*)
    let constant = zip(weighted, shifts).reduce(0) { $0 + $1.0 * $1.1 }
    let products = shifts.isEmpty ? [Double](repeating: 0, count: n) : (0..<n).map { dot($0, weighted) }
    var scattered = [Double](repeating: 0, count: p)
    for i in 0..<n {
      examples.rows.forEachElement(of: i) { scattered[$0] = factors[$0] * $1 }
      for j in 0...i {
        let value = dot(j, scattered) - products[i] - products[j] + constant
        gram[i, j] = value
        gram[j, i] = value
      }
      examples.rows.forEachElement(of: i) { column, _ in scattered[column] = 0 }
    }
    return gram
  }

  private func dot(_ row: Int, _ x: [Double]) -> Double {
    x.withUnsafeBufferPointer { examples.rows.dot(row, $0.baseAddress!) }
  }
}
