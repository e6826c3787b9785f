import CEspalierLAPACK
import EspalierThreading

/// The factorisation `A = L L^T` of a symmetric positive definite matrix, by blocks, with LAPACK and BLAS for each.
///
/// Blocks are those of ``LinearParts``, so that the result does not depend on the number of threads.
package struct Cholesky: Sendable {
  /// L; what lies above its diagonal is not read.
  private let factor: Matrix

  /// Factors `matrix`, reading its lower triangle; `nil` if it is not positive definite.
  ///
  /// From left to right, a block of columns is factored, and what it explains is subtracted from the columns behind it.
  /// Complexity: O(n^3 / 3).
  package init?(_ matrix: consuming Matrix) {
    let (n, columns) = (matrix.rows, matrix.columns)
    precondition(n == columns, "only square matrices have a Cholesky factor")
    var factor = matrix
    let isDefinite = factor.elements.withUnsafeMutableBufferPointer { elements in
      stride(from: 0, to: n, by: LinearParts.size).allSatisfy {
        Self.factorColumns($0..<min($0 + LinearParts.size, n), of: elements.baseAddress!, size: n)
      }
    }
    guard isDefinite else { return nil }
    self.factor = factor
  }

  /// Factors some columns, of which those to the left are subtracted, and subtracts them from those to the right;
  /// `false` if the matrix is not positive definite.
  private static func factorColumns(_ columns: Range<Int>, of a: UnsafeMutablePointer<Double>, size n: Int) -> Bool {
    OpenBLAS.useOneThread()
    let (start, end, count) = (columns.lowerBound, columns.upperBound, CInt(columns.count))
    let (corner, stride) = (a + start * n + start, CInt(n))
    guard LAPACKE_dpotrf(LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), count, corner, stride) == 0 else { return false }
    LinearParts.forEach(n - end) { rows in
      cblas_dtrsm(
        CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, CInt(rows.count), count, 1, corner, stride,
        a + (end + rows.lowerBound) * n + start, stride)
    }
    LinearParts.forEach(n - end) { rows in
      let row = a + (end + rows.lowerBound) * n
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, CInt(rows.count), CInt(rows.upperBound), count, -1, row + start,
        stride, a + end * n + start, stride, 1, row + end, stride)
    }
    return true
  }

  /// The `X` with `A X = B`.
  package func solve(_ b: Matrix) -> Matrix { solved(b, [CblasNoTrans, CblasTrans]) }

  /// The `X` with `L X = B`, so that `X^T X = B^T A^-1 B`.
  package func halfSolve(_ b: Matrix) -> Matrix { solved(b, [CblasNoTrans]) }

  /// The `X` with `X A = B`, in the memory of B where nobody else holds it.
  package func solveFromRight(_ b: consuming Matrix) -> Matrix {
    let (rows, columns) = (b.rows, b.columns)
    precondition(columns == factor.rows)
    guard rows > 0, columns > 0 else { return b }
    b.elements.withUnsafeMutableBufferPointer { solution in
      let solution = solution.baseAddress!
      LinearParts.forEach(rows) { part in
        for order in [CblasTrans, CblasNoTrans] {
          cblas_dtrsm(
            CblasRowMajor, CblasRight, CblasLower, order, CblasNonUnit, CInt(part.count), CInt(columns), 1,
            factor.elements, CInt(columns), solution + part.lowerBound * columns, CInt(columns))
        }
      }
    }
    return b
  }

  /// The solution of triangular systems, one after another, with L as it is or transposed.
  private func solved(_ b: Matrix, _ orders: [CBLAS_TRANSPOSE]) -> Matrix {
    precondition(b.rows == factor.rows)
    var solution = b
    guard b.rows > 0, b.columns > 0 else { return solution }
    solution.elements.withUnsafeMutableBufferPointer { solution in
      let solution = solution.baseAddress!
      LinearParts.forEach(b.columns) { columns in
        for order in orders {
          cblas_dtrsm(
            CblasRowMajor, CblasLeft, CblasLower, order, CblasNonUnit, CInt(b.rows), CInt(columns.count), 1,
            factor.elements, CInt(factor.rows), solution + columns.lowerBound, CInt(b.columns))
        }
      }
    }
    return solution
  }

  /// `A^-1 = X^T X` with `X = L^-1`, both triangles filled. Complexity: O(2/3 n^3).
  package func inverse() -> Matrix {
    let n = factor.rows
    var inverse = Matrix(rows: n, columns: n)
    guard n > 0 else { return inverse }
    let stride = CInt(n)
    var half = Matrix(identity: n)
    half.elements.withUnsafeMutableBufferPointer { half in
      let half = half.baseAddress!
      factor.elements.withUnsafeBufferPointer { factor in
        let factor = factor.baseAddress!
        // Above their first row, columns of L^-1 are 0.
        LinearParts.forEach(n) { columns in
          let corner = columns.lowerBound * (n + 1)
          cblas_dtrsm(
            CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, CInt(n - columns.lowerBound),
            CInt(columns.count), 1, factor + corner, stride, half + corner, stride)
        }
      }
      inverse.elements.withUnsafeMutableBufferPointer { inverse in
        let inverse = inverse.baseAddress!
        LinearParts.forEach(n) { rows in
          let (first, row) = (rows.lowerBound, rows.lowerBound * n)
          cblas_dgemm(
            CblasRowMajor, CblasTrans, CblasNoTrans, CInt(rows.count), CInt(rows.upperBound), CInt(n - first), 1,
            half + row + first, stride, half + row, stride, 0, inverse + row, stride)
        }
      }
    }
    inverse.mirrorLowerTriangle()
    return inverse
  }
}
