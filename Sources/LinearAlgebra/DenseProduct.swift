import CEspalierLAPACK

/// Products of row-major matrices that lie in memory of others, by BLAS.
package enum DenseProduct {
  /// `C = A B^T`, of n x p and K x p with `stride` numbers from one row of B to the next: n x K.
  package static func set(
    _ c: UnsafeMutablePointer<Double>, to a: UnsafePointer<Double>, timesTransposed b: UnsafePointer<Double>,
    rows n: Int, columns count: Int, length p: Int, stride: Int
  ) {
    guard n > 0, count > 0 else { return }
    guard p > 0 else { return c.update(repeating: 0, count: n * count) }
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, CInt(n), CInt(count), CInt(p), 1, a, CInt(p), b, CInt(stride), 0, c,
      CInt(count))
  }

  /// `B += C^T A`, of n x K and n x p, with `stride` numbers from one row of B to the next: K x p.
  package static func add(
    to b: UnsafeMutablePointer<Double>, transposed c: UnsafePointer<Double>, times a: UnsafePointer<Double>,
    rows n: Int, columns count: Int, length p: Int, stride: Int
  ) {
    guard n > 0, count > 0, p > 0 else { return }
    cblas_dgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, CInt(count), CInt(p), CInt(n), 1, c, CInt(count), a, CInt(p), 1, b,
      CInt(stride))
  }
}
