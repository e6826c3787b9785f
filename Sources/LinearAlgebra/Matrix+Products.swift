import CLAPACK

extension Matrix {
  /// The product `A B`, either factor transposed where asked. Complexity: O(rows x columns x length), by BLAS.
  public static func product(
    _ a: Matrix, _ b: Matrix, transposingFirst transposedA: Bool = false, transposingSecond transposedB: Bool = false
  ) -> Matrix {
    let (m, k) = transposedA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (inner, n) = transposedB ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(k == inner, "\(a.rows) x \(a.columns) times \(b.rows) x \(b.columns)")
    var result = Matrix(rows: m, columns: n)
    guard m > 0, n > 0, k > 0 else { return result }
    cblas_dgemm(
      CblasRowMajor, transposedA ? CblasTrans : CblasNoTrans, transposedB ? CblasTrans : CblasNoTrans,
      CInt(m), CInt(n), CInt(k), 1, a.elements, CInt(a.columns), b.elements, CInt(b.columns), 0,
      &result.elements, CInt(n))
    return result
  }

  /// The product of the matrix (or its transpose) and a column of numbers.
  public func product(_ vector: [Double], transposed: Bool = false) -> [Double] {
    precondition(vector.count == (transposed ? rows : columns))
    var result = [Double](repeating: 0, count: transposed ? columns : rows)
    guard rows > 0, columns > 0 else { return result }
    cblas_dgemv(
      CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, CInt(rows), CInt(columns), 1, elements, CInt(columns),
      vector, 1, 0, &result, 1)
    return result
  }

  /// Adds `factor` times the outer product of two vectors: `A += factor x y^T`.
  public mutating func addOuterProduct(_ x: [Double], _ y: [Double], times factor: Double) {
    precondition(x.count == rows && y.count == columns)
    guard rows > 0, columns > 0 else { return }
    cblas_dger(CblasRowMajor, CInt(rows), CInt(columns), factor, x, 1, y, 1, &elements, CInt(columns))
  }
}
