import CEspalierLAPACK
import EspalierThreading

extension Matrix {
  /// The eigenvalues of a symmetric matrix in ascending order, by LAPACK, reading the lower triangle.
  ///
  /// Complexity: O(4/3 n^3).
  package var symmetricEigenvalues: [Double] {
    precondition(rows == columns, "only square matrices have eigenvalues")
    guard rows > 0 else { return [] }
    OpenBLAS.useOneThread()
    var work = self
    var values = [Double](repeating: 0, count: rows)
    let status = LAPACKE_dsyev(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "L")), Int32(rows), &work.elements, Int32(rows),
      &values)
    // Only elements that are no numbers keep the iteration from ending.
    return status == 0 ? values : values.map { _ in .nan }
  }

  /// The largest singular value, `max || A x || / || x ||`. Complexity: O(n^3) in the shorter side.
  package var spectralNorm: Double {
    let gram = Matrix.product(self, self, transposingFirst: rows > columns, transposingSecond: rows <= columns)
    // Rounding makes eigenvalues of Gram matrices negative.
    return max(gram.symmetricEigenvalues.last ?? 0, 0).squareRoot()
  }
}
