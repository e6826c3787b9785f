import EspalierLinearAlgebra
import EspalierTensors
import Testing

@Suite struct MatrixTests {
  private static let sizes = [0, 1, 2, 3, 7]

  @Test(arguments: [false, true], [false, true])
  func productsFollowTheirDefinition(transposingFirst: Bool, transposingSecond: Bool) {
    var generator = SeededGenerator(seed: 1)
    for m in Self.sizes {
      for n in Self.sizes {
        for k in Self.sizes {
          let (a, b) = (Matrix.random(m, k, &generator), Matrix.random(k, n, &generator))
          var expected = Matrix(rows: m, columns: n)
          for i in 0..<m {
            for j in 0..<n { expected[i, j] = (0..<k).reduce(0) { $0 + a[i, $1] * b[$1, j] } }
          }
          let product = Matrix.product(
            transposingFirst ? a.transposed : a, transposingSecond ? b.transposed : b,
            transposingFirst: transposingFirst, transposingSecond: transposingSecond)
          #expect(product.distance(from: expected) < 1e-13)
        }
      }
    }
  }

  @Test func theTransposeOfAnySizeExchangesRowsAndColumns() {
    var generator = SeededGenerator(seed: 3)
    for (rows, columns) in [(0, 3), (1, 1), (31, 32), (32, 33), (65, 2), (70, 100)] {
      let a = Matrix.random(rows, columns, &generator)
      let turned = a.transposed
      #expect(turned.rows == columns && turned.columns == rows)
      #expect((0..<rows).allSatisfy { i in (0..<columns).allSatisfy { turned[$0, i] == a[i, $0] } })
    }
  }

  @Test func productsWithAColumnAreProductsWithAMatrixOfOne() {
    var generator = SeededGenerator(seed: 2)
    for rows in Self.sizes {
      for columns in Self.sizes {
        let a = Matrix.random(rows, columns, &generator)
        let x = Matrix.random(columns, 1, &generator)
        let y = Matrix.random(rows, 1, &generator)
        let forward = Matrix(rows: rows, columns: 1, a.product(x.elements))
        #expect(forward.distance(from: .product(a, x)) < 1e-13)
        let backward = Matrix(rows: columns, columns: 1, a.product(y.elements, transposed: true))
        #expect(backward.distance(from: .product(a.transposed, y)) < 1e-13)
      }
    }
  }

  @Test func outerProductsAreAdded() {
    var generator = SeededGenerator(seed: 3)
    for rows in Self.sizes {
      for columns in Self.sizes {
        let before = Matrix.random(rows, columns, &generator)
        let x = (0..<rows).map { _ in generator.normal() }
        let y = (0..<columns).map { _ in generator.normal() }
        var after = before
        after.addOuterProduct(x, y, times: -1.5)
        var expected = before
        for i in 0..<rows {
          for j in 0..<columns { expected[i, j] += -1.5 * x[i] * y[j] }
        }
        #expect(after.distance(from: expected) < 1e-14)
      }
    }
  }

  @Test func partsAreTakenInTheOrderAsked() {
    let a = Matrix(rows: 2, columns: 3, [1, 2, 3, 4, 5, 6])
    #expect(a.taking(rows: [1, 0, 1], columns: [2, 0]) == Matrix(rows: 3, columns: 2, [6, 4, 3, 1, 6, 4]))
    #expect(a.taking(columns: [1]) == Matrix(rows: 2, columns: 1, [2, 5]))
    #expect(a.taking(columns: []) == Matrix(rows: 2, columns: 0))
    #expect(Array(a.row(1)) == [4, 5, 6])
    #expect(a.column(2) == [3, 6])
    #expect(a.diagonal == [1, 5])
    #expect(a.transposed == Matrix(rows: 3, columns: 2, [1, 4, 2, 5, 3, 6]))
    #expect(a + a == Matrix(rows: 2, columns: 3, [2, 4, 6, 8, 10, 12]))
    #expect(Matrix(identity: 2) == Matrix(rows: 2, columns: 2, [1, 0, 0, 1]))
  }
}

extension Matrix {
  static func random(_ rows: Int, _ columns: Int, _ generator: inout SeededGenerator) -> Matrix {
    Matrix(rows: rows, columns: columns, (0..<rows * columns).map { _ in generator.normal() })
  }

  /// The largest difference of two elements; infinite where the sizes differ or an element is no number.
  func distance(from other: Matrix) -> Double {
    guard rows == other.rows, columns == other.columns else { return .infinity }
    return zip(elements, other.elements).reduce(0) {
      $1.0.isFinite && $1.1.isFinite ? max($0, abs($1.0 - $1.1)) : .infinity
    }
  }
}
