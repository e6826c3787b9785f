import CEspalierLAPACK

/// A factor of a product: a row-major matrix that lies in memory of others, as it is or transposed.
struct Factor {
  let start: UnsafePointer<Double>
  /// The numbers from one stored row to the next.
  let stride: Int
  var isTransposed = false

  private var order: CBLAS_TRANSPOSE { isTransposed ? CblasTrans : CblasNoTrans }

  /// `C = scale A B + kept C`, of m x k and k x n, with `stride` numbers from one row of C to the next.
  ///
  /// Complexity: O(m n k), by BLAS; the longer side of C is divided among threads.
  static func multiply(
    _ a: Factor, _ b: Factor, rows m: Int, columns n: Int, length k: Int, times scale: Double = 1,
    keeping kept: Double = 0, into c: UnsafeMutablePointer<Double>, stride: Int
  ) {
    if m >= n {
      LinearParts.forEach(m) { rows in
        let first = rows.lowerBound
        cblas_dgemm(
          CblasRowMajor, a.order, b.order, CInt(rows.count), CInt(n), CInt(k), scale,
          a.start + first * (a.isTransposed ? 1 : a.stride), CInt(a.stride), b.start, CInt(b.stride), kept,
          c + first * stride, CInt(stride))
      }
    } else {
      LinearParts.forEach(n) { columns in
        let first = columns.lowerBound
        cblas_dgemm(
          CblasRowMajor, a.order, b.order, CInt(m), CInt(columns.count), CInt(k), scale, a.start, CInt(a.stride),
          b.start + first * (b.isTransposed ? b.stride : 1), CInt(b.stride), kept, c + first, CInt(stride))
      }
    }
  }
}
