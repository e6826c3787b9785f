/// Products of row-major matrices that lie in memory of others, by BLAS.
package enum DenseProduct {
  /// `C = A B^T`, of n x p and K x p with `stride` numbers from one row of B to the next: n x K.
  package static func set(
    _ c: UnsafeMutablePointer<Double>, to a: UnsafePointer<Double>, timesTransposed b: UnsafePointer<Double>,
    rows n: Int, columns count: Int, length p: Int, stride: Int
  ) {
    guard n > 0, count > 0 else { return }
    guard p > 0 else { return c.update(repeating: 0, count: n * count) }
    Factor.multiply(
      Factor(start: a, stride: p), Factor(start: b, stride: stride, isTransposed: true), rows: n, columns: count,
      length: p, into: c, stride: count)
  }

  /// `B += C^T A`, of n x K and n x p, with `stride` numbers from one row of B to the next: K x p.
  package static func add(
    to b: UnsafeMutablePointer<Double>, transposed c: UnsafePointer<Double>, times a: UnsafePointer<Double>,
    rows n: Int, columns count: Int, length p: Int, stride: Int
  ) {
    guard n > 0, count > 0, p > 0 else { return }
    Factor.multiply(
      Factor(start: c, stride: count, isTransposed: true), Factor(start: a, stride: p), rows: count, columns: p,
      length: n, keeping: 1, into: b, stride: stride)
  }
}
