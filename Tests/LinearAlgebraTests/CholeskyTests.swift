import EspalierLinearAlgebra
import EspalierTensors
import Testing

@Suite struct CholeskyTests {
  private func definite(_ size: Int, _ generator: inout SeededGenerator) -> Matrix {
    let root = Matrix.random(size, size, &generator)
    var matrix = Matrix.product(root, root, transposingSecond: true)
    matrix.addToDiagonal(1)
    return matrix
  }

  @Test(arguments: [0, 1, 2, 5, 20, 128, 129, 300])
  func solutionsSolve(size: Int) throws {
    var generator = SeededGenerator(seed: UInt64(size))
    let a = definite(size, &generator)
    let factor = try #require(Cholesky(a))
    for columns in [0, 1, 3] {
      let x = Matrix.random(size, columns, &generator)
      #expect(factor.solve(.product(a, x)).distance(from: x) < 1e-9)
      #expect(factor.solveFromRight(.product(x.transposed, a)).distance(from: x.transposed) < 1e-9)
    }
  }

  @Test(arguments: [0, 1, 2, 5, 20, 128, 129, 300])
  func inversesInvertAndAreSymmetric(size: Int) throws {
    var generator = SeededGenerator(seed: UInt64(size))
    let a = definite(size, &generator)
    let inverse = try #require(Cholesky(a)).inverse()
    #expect(Matrix.product(a, inverse).distance(from: Matrix(identity: size)) < 1e-10)
    #expect(inverse == inverse.transposed)
  }

  @Test func onlyTheLowerTriangleIsRead() throws {
    let whole = try #require(Cholesky(Matrix(rows: 2, columns: 2, [4, 2, 2, 3])))
    let lower = try #require(Cholesky(Matrix(rows: 2, columns: 2, [4, .nan, 2, 3])))
    let b = Matrix(rows: 2, columns: 1, [2, 5])
    #expect(whole.solve(b) == lower.solve(b))
    #expect(whole.inverse() == lower.inverse())
  }

  @Test func matricesThatAreNotPositiveDefiniteHaveNoFactor() {
    #expect(Cholesky(Matrix(rows: 1, columns: 1, [0])) == nil)
    #expect(Cholesky(Matrix(rows: 1, columns: 1, [-1])) == nil)
    #expect(Cholesky(Matrix(rows: 2, columns: 2, [1, 2, 2, 1])) == nil)
    #expect(Cholesky(Matrix(rows: 2, columns: 2, [1, 0, 0, .nan])) == nil)
    for place in [3, 200] {
      var late = Matrix(identity: 300)
      late[250, place] = 2
      #expect(Cholesky(late) == nil)
      late[250, place] = .nan
      #expect(Cholesky(late) == nil)
    }
  }

  @Test(arguments: [1, 2, 5, 20])
  func formsOfLowRankAreFactoredAllTheSame(size: Int) {
    var generator = SeededGenerator(seed: UInt64(size))
    let root = Matrix.random(size, (size + 1) / 2, &generator)
    let form = Matrix.product(root, root, transposingSecond: true)
    let x = Matrix.random(size, 1, &generator)
    let b = Matrix.product(form, x)
    // Solutions may differ in the null space of the form; their images under it must agree.
    let solution = Cholesky(form: form).solve(b)
    #expect(Matrix.product(form, solution).distance(from: b) < 1e-5 * Double(size))
  }

  @Test func formsOfZerosAreFactored() {
    let factor = Cholesky(form: Matrix(rows: 2, columns: 2))
    #expect(factor.solve(Matrix(rows: 2, columns: 1)).elements == [0, 0])
  }

  @Test func aDefiniteFormIsNotRaised() throws {
    let a = Matrix(rows: 2, columns: 2, [4, 2, 2, 3])
    #expect(try #require(Cholesky(a)).inverse() == Cholesky(form: a).inverse())
  }
}
