import EspalierLinearAlgebra
import EspalierTensors
import Testing

@Suite struct WideFactorizationTests {
  /// Columns of sizes from 1e-8 to 1e8: each is met to its own rounding.
  @Test(arguments: [(1, 1), (1, 7), (6, 6), (9, 40)])
  func columnsAreMetWhateverTheirSizes(rows: Int, columns: Int) {
    var generator = SeededGenerator(seed: UInt64(rows))
    var matrix = Matrix.random(rows, columns, &generator)
    for row in 0..<rows {
      for column in 0..<columns {
        matrix[row, column] *= Double(sign: .plus, exponent: column * 7 % 54 - 27, significand: 1)
      }
    }
    let factorization = WideFactorization(matrix)
    // The columns of Q, from the unit vectors.
    let q = (0..<rows).map { unit in factorization.expand((0..<rows).map { $0 == unit ? 1 : 0 }) }
    for (i, first) in q.enumerated() {
      for (j, second) in q.enumerated() {
        let product = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-13)
      }
    }
    for column in 0..<columns {
      let size = (0..<rows).reduce(0) { max($0, abs(matrix[$1, column])) }
      for row in 0..<rows {
        let value = (0..<rows).reduce(0) { $0 + factorization.left[row, $1] * q[$1][column] }
        #expect(abs(value - matrix[row, column]) < 1e-13 * size * Double(rows))
      }
    }
  }
}
