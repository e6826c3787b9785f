import CEspalierLAPACK

extension Matrix {
  /// The product `A B`, with either factor optionally transposed. Complexity: O(rows x columns x length), by BLAS.
  package static func product(
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

  /// The product of the matrix (or its transpose) and a vector.
  package func product(_ vector: [Double], transposed: Bool = false) -> [Double] {
    precondition(vector.count == (transposed ? rows : columns))
    var result = [Double](repeating: 0, count: transposed ? columns : rows)
    guard rows > 0, columns > 0 else { return result }
    cblas_dgemv(
      CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, CInt(rows), CInt(columns), 1, elements, CInt(columns),
      vector, 1, 0, &result, 1)
    return result
  }

  /// Subtracts the product of `a`, optionally transposed, and `b`: `A -= a b`.
  ///
  /// Complexity: O(rows x columns x inner size), by BLAS.
  package mutating func subtractProduct(_ a: Matrix, _ b: Matrix, transposingFirst: Bool = false) {
    let inner = transposingFirst ? a.rows : a.columns
    precondition((transposingFirst ? a.columns : a.rows) == rows && b.columns == columns && b.rows == inner)
    guard rows > 0, columns > 0, inner > 0 else { return }
    cblas_dgemm(
      CblasRowMajor, transposingFirst ? CblasTrans : CblasNoTrans, CblasNoTrans, CInt(rows), CInt(columns),
      CInt(inner), -1, a.elements, CInt(a.columns), b.elements, CInt(b.columns), 1, &elements, CInt(columns))
  }

  /// Adds `factor` times the outer product of two vectors: `A += factor x y^T`.
  package mutating func addOuterProduct(_ x: [Double], _ y: [Double], times factor: Double) {
    precondition(x.count == rows && y.count == columns)
    guard rows > 0, columns > 0 else { return }
    cblas_dger(CblasRowMajor, CInt(rows), CInt(columns), factor, x, 1, y, 1, &elements, CInt(columns))
  }
}
