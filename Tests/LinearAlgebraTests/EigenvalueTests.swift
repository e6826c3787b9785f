import EspalierLinearAlgebra
import EspalierTensors
import Testing

@Suite struct EigenvalueTests {
  @Test func knownEigenvalues() {
    #expect(Matrix(rows: 0, columns: 0).symmetricEigenvalues.isEmpty)
    #expect(Matrix(rows: 1, columns: 1, [-3]).symmetricEigenvalues == [-3])
    let values = Matrix(rows: 2, columns: 2, [2, 1, 1, 2]).symmetricEigenvalues
    #expect(abs(values[0] - 1) < 1e-14 && abs(values[1] - 3) < 1e-14)
    let lower = Matrix(rows: 2, columns: 2, [2, .nan, 1, 2]).symmetricEigenvalues
    #expect(lower == values)
  }

  @Test(arguments: [3, 8, 20])
  func sumsAreTraces(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size))
    let root = Matrix.random(size, size, &generator)
    let matrix = Matrix.product(root, root, transposingFirst: true)
    let values = matrix.symmetricEigenvalues
    #expect(values == values.sorted() && values[0] > -1e-9)
    #expect(abs(values.reduce(0, +) - matrix.diagonal.reduce(0, +)) < 1e-9 * Double(size))
    let squares = matrix.elements.reduce(0) { $0 + $1 * $1 }
    #expect(abs(values.reduce(0) { $0 + $1 * $1 } - squares) < 1e-9 * squares)
  }

  @Test(arguments: [(2, 5), (5, 2), (4, 4)])
  func spectralNormsBoundProducts(_ rows: Int, _ columns: Int) {
    var generator = SeededGenerator(seed: 3)
    let matrix = Matrix.random(rows, columns, &generator)
    let norm = matrix.spectralNorm
    #expect(abs(norm - matrix.transposed.spectralNorm) < 1e-12)
    var (vector, reached) = ((0..<columns).map { _ in generator.normal() }, 0.0)
    for _ in 0..<500 {
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let image = matrix.product(vector.map { $0 / length })
      reached = image.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(reached <= norm * (1 + 1e-12))
      vector = matrix.product(image, transposed: true)
    }
    #expect(abs(reached - norm) < 1e-6 * norm)
    #expect(Matrix(rows: 3, columns: 0).spectralNorm == 0)
  }
}
