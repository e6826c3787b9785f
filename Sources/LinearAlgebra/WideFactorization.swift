import CEspalierLAPACK
import EspalierThreading

/// The factorisation `B = L Q^T` of an m x n matrix with fewer rows than columns: L is m x m, Q has m orthonormal
/// columns.
///
/// It is the QR factorisation of `B^T` by Householder reflections with column pivoting, its rows, which are the columns
/// of B, in descending order of their norms. So the error of each column of B is small beside that column, whatever the
/// sizes of the others (A. Cox, N. Higham, BIT 1998), and the columns of L descend in size.
///
/// Complexity: O(m^2 n), memory of one copy of B.
package struct WideFactorization: Sendable {
  /// L.
  package let left: Matrix
  /// The columns of B, by descending norms.
  private let order: [Int]
  /// The reflections whose product is Q, column by column in rows of `order`.
  private let reflections: [Double]
  private let factors: [Double]

  /// Factors a matrix of finite elements, with no more rows than columns.
  package init(_ b: Matrix) {
    let (m, n) = (b.rows, b.columns)
    precondition(m > 0 && m <= n, "only wide matrices are factored")
    OpenBLAS.useOneThread()
    var norms = [Double](repeating: 0, count: n)
    for row in 0..<m { for column in 0..<n { norms[column] = max(norms[column], abs(b.elements[row * n + column])) } }
    let order = norms.indices.sorted { norms[$0] > norms[$1] }
    // The rows of B are the columns of its transpose.
    var work = [Double](repeating: 0, count: m * n)
    for row in 0..<m {
      for (place, column) in order.enumerated() { work[row * n + place] = b.elements[row * n + column] }
    }
    var pivots = [Int32](repeating: 0, count: m)
    var factors = [Double](repeating: 0, count: m)
    LAPACKE_dgeqp3(LAPACK_COL_MAJOR, Int32(n), Int32(m), &work, Int32(n), &pivots, &factors)
    var left = Matrix(rows: m, columns: m)
    for k in 0..<m { for i in 0...k { left[Int(pivots[k]) - 1, i] = work[k * n + i] } }
    (self.left, self.order, reflections, self.factors) = (left, order, work, factors)
  }

  /// `Q z`, so that `B Q z = L z`. Complexity: O(m n).
  package func expand(_ z: [Double]) -> [Double] {
    let (m, n) = (factors.count, order.count)
    precondition(z.count == m)
    var sorted = z + [Double](repeating: 0, count: n - m)
    LAPACKE_dormqr(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), CChar(UInt8(ascii: "N")), Int32(n), 1, Int32(m), reflections,
      Int32(n), factors, &sorted, Int32(n))
    var result = [Double](repeating: 0, count: n)
    for (place, column) in order.enumerated() { result[column] = sorted[place] }
    return result
  }
}
