import EspalierLinearAlgebra

/// The moments of what a layer is to output, beside those of what it reads: `T H^T`, and the sums and sums of squares
/// of the rows of T, outputs x columns of H.
///
/// They determine the least-squares weights `min || T - W H - b ||_F^2` and the error of any others. Moments of
/// disjoint parts of the data add up.
package struct TargetMoments: Hashable, Sendable {
  /// `T H^T`, outputs x rows of H.
  var cross: Matrix
  /// The sum of each row of T.
  var sum: [Double]
  /// The sum of squares of each row of T.
  package internal(set) var squares: [Double]

  /// The moments of no samples.
  init(outputs: Int, rows: Int) {
    cross = Matrix(rows: outputs, columns: rows)
    sum = Array(repeating: 0, count: outputs)
    squares = sum
  }

  /// These moments.
  package init(cross: Matrix, sum: [Double], squares: [Double]) {
    (self.cross, self.sum, self.squares) = (cross, sum, squares)
  }

  static func + (first: TargetMoments, second: TargetMoments) -> TargetMoments {
    TargetMoments(
      cross: first.cross + second.cross, sum: zip(first.sum, second.sum).map(+),
      squares: zip(first.squares, second.squares).map(+))
  }

  /// Scales the moments of a part of the columns, `taken` of `all` windows, to all columns.
  mutating func scale(from taken: Int, to all: Int) {
    let factor = Double(all) / Double(taken)
    for i in cross.elements.indices { cross.elements[i] *= factor }
    for i in sum.indices { (sum[i], squares[i]) = (sum[i] * factor, squares[i] * factor) }
  }

  /// The moments of one of `count` equal groups of outputs, which reads the rows `rows` of H.
  func part(_ index: Int, of count: Int, rows: [Int]) -> TargetMoments {
    let size = sum.count / count
    let own = index * size..<(index + 1) * size
    return TargetMoments(
      cross: cross.taking(rows: Array(own), columns: rows), sum: Array(sum[own]), squares: Array(squares[own]))
  }

  /// Whether all sums are finite.
  var isFinite: Bool { squares.allSatisfy(\.isFinite) && sum.allSatisfy(\.isFinite) }
}
