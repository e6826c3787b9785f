/// Rows of features a_0, ..., a_(n-1), dense or sparse: the interface of data for all methods.
///
/// Coefficients are passed as pointers to `dimension` numbers, because these calls are the innermost loops.
package protocol FeatureRows: Sendable {
  /// Whether only non-zero elements are stored; methods then touch only the coordinates of a row.
  static var isSparse: Bool { get }
  /// The number of rows.
  var count: Int { get }
  /// The number of features of a row.
  var dimension: Int { get }
  /// `<a_row, x>`.
  func dot(_ row: Int, _ x: UnsafePointer<Double>) -> Double
  /// `x += factor a_row`.
  func add(_ row: Int, times factor: Double, to x: UnsafeMutablePointer<Double>)
  /// `||a_row||^2`, computed once.
  func squaredNorm(_ row: Int) -> Double
  /// `<a_first, a_second>`.
  func inner(_ first: Int, _ second: Int) -> Double
  /// Calls `body` with the position and value of each stored element of a row, in ascending position.
  func forEachElement(of row: Int, _ body: (Int, Double) -> Void)
  /// Sets the stored elements of `destination` to `factor a_row`.
  func copy(_ row: Int, times factor: Double, to destination: UnsafeMutablePointer<Double>)
  /// `<a_i, x_k>` for the rows i in `range` and `count` vectors x_k, each `stride` numbers behind the one before: row
  /// by row, `range.count` x `count`.
  func products(
    _ range: Range<Int>, _ x: UnsafePointer<Double>, count: Int, stride: Int,
    into predictors: UnsafeMutablePointer<Double>)
  /// `x_k += sum_i factor_ik a_i` for the same rows and vectors; factors row by row.
  func addCombinations(
    _ range: Range<Int>, _ factors: UnsafePointer<Double>, count: Int, stride: Int, to x: UnsafeMutablePointer<Double>)
  /// Replaces x by `z = scale (x + momentum (x - previous))` and `previous` by x, and returns `<a_row, z>`, in one
  /// pass.
  func extrapolatedDot(
    _ row: Int, _ x: UnsafeMutablePointer<Double>, previous: UnsafeMutablePointer<Double>, momentum: Double,
    scale: Double
  ) -> Double
}

extension FeatureRows {
  /// Element by element.
  package func copy(_ row: Int, times factor: Double, to destination: UnsafeMutablePointer<Double>) {
    forEachElement(of: row) { destination[$0] = factor * $1 }
  }

  /// The same in two passes.
  package func extrapolatedDot(
    _ row: Int, _ x: UnsafeMutablePointer<Double>, previous: UnsafeMutablePointer<Double>, momentum: Double,
    scale: Double
  ) -> Double {
    for column in 0..<dimension {
      let here = x[column]
      x[column] = scale * (here + momentum * (here - previous[column]))
      previous[column] = here
    }
    return dot(row, x)
  }
}
