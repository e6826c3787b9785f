import CEspalierLAPACK

/// The factorisation `A = L L^T` of a symmetric positive definite matrix, by LAPACK.
package struct Cholesky: Sendable {
  private let factor: Matrix

  /// Factors `matrix`, reading its lower triangle; `nil` if it is not positive definite.
  ///
  /// Complexity: O(n^3 / 3).
  package init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "only square matrices have a Cholesky factor")
    var factor = matrix
    let n = Int32(matrix.rows)
    if n > 0 {
      guard LAPACKE_dpotrf(LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), n, &factor.elements, n) == 0 else { return nil }
    }
    self.factor = factor
  }

  /// The `X` with `A X = B`.
  package func solve(_ b: Matrix) -> Matrix {
    precondition(b.rows == factor.rows)
    var solution = b
    guard b.rows > 0, b.columns > 0 else { return solution }
    LAPACKE_dpotrs(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), Int32(factor.rows), Int32(b.columns), factor.elements,
      Int32(factor.rows), &solution.elements, Int32(b.columns))
    return solution
  }

  /// The `X` with `L X = B`, so that `X^T X = B^T A^-1 B`.
  package func halfSolve(_ b: Matrix) -> Matrix {
    precondition(b.rows == factor.rows)
    var solution = b
    guard b.rows > 0, b.columns > 0 else { return solution }
    cblas_dtrsm(
      CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, CInt(b.rows), CInt(b.columns), 1,
      factor.elements, CInt(factor.rows), &solution.elements, CInt(b.columns))
    return solution
  }

  /// `A^-1`, both triangles filled.
  package func inverse() -> Matrix {
    var inverse = factor
    let n = factor.rows
    guard n > 0 else { return inverse }
    LAPACKE_dpotri(LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), Int32(n), &inverse.elements, Int32(n))
    inverse.mirrorLowerTriangle()
    return inverse
  }
}
