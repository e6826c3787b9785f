import EspalierLinearAlgebra
import EspalierPruning
import EspalierTensors
import Testing

/// Restricted isometry constants against known matrices and brute force.
struct RestrictedIsometryTests {
  /// Ones on the diagonal and `rho` beside it: eigenvalues of any k x k block are `1 - rho` and `1 + (k - 1) rho`.
  private func equicorrelated(_ size: Int, _ rho: Double) -> Matrix {
    var matrix = Matrix(rows: size, columns: size, [Double](repeating: rho, count: size * size))
    matrix.addToDiagonal(1 - rho)
    return matrix
  }

  @Test(arguments: [1, 2, 3, 5, 6])
  func constantsOfEquicorrelatedColumnsAreKnown(order: Int) {
    let rho = 0.2
    let (low, high) = (order == 1 ? 1 : 1 - rho, 1 + Double(order - 1) * rho)
    let isometry = RestrictedIsometry(of: equicorrelated(6, rho), order: order)
    #expect(isometry.isExact && isometry.knowledge == .enumerated && isometry.lower == isometry.upper)
    #expect(abs(isometry.lower - (high - low) / (high + low)) < 1e-12)
  }

  @Test func orthogonalColumnsAreIsometricAtEveryScale() {
    var identity = Matrix(identity: 7)
    for i in identity.elements.indices { identity.elements[i] *= 9 }
    #expect(RestrictedIsometry(of: identity, order: 4).upper < 1e-12)
  }

  @Test func dependentColumnsHaveConstantOne() {
    var generator = SeededGenerator(seed: 1)
    let weight = TheoryProblems.gaussian(3, 9, &generator)
    let product = Matrix.product(weight, weight, transposingFirst: true)
    let known = RestrictedIsometry(of: product, order: 4, rank: 3)
    #expect(known.lower == 1 && known.upper == 1 && known.knowledge == .dependent && known.isExact)
    #expect(abs(RestrictedIsometry(of: product, order: 4).lower - 1) < 1e-9)
  }

  /// The twin enumerates sets by their bits and finds extreme Rayleigh quotients by power iterations.
  @Test(arguments: [1, 2, 3, 4])
  func enumerationEqualsBruteForce(order: Int) {
    var generator = SeededGenerator(seed: 2)
    let weight = TheoryProblems.gaussian(12, 6, &generator)
    let product = Matrix.product(weight, weight, transposingFirst: true)
    var (low, high) = (Double.infinity, 0.0)
    for bits in 1..<64 where bits.nonzeroBitCount == order {
      let set = (0..<6).filter { bits >> $0 & 1 == 1 }
      let block = product.taking(rows: set, columns: set)
      let largest = dominant(block, &generator)
      var flipped = Matrix(rows: order, columns: order, block.elements.map { -$0 })
      flipped.addToDiagonal(largest)
      high = max(high, largest)
      low = min(low, largest - dominant(flipped, &generator))
    }
    let isometry = RestrictedIsometry(of: product, order: order)
    #expect(abs(isometry.lower - (high - low) / (high + low)) < 1e-6)
  }

  private func dominant(_ matrix: Matrix, _ generator: inout SeededGenerator) -> Double {
    var vector = (0..<matrix.rows).map { _ in generator.normal() }
    var value = 0.0
    for _ in 0..<5000 {
      let next = matrix.product(vector)
      value = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard value > 1e-300 else { return 0 }
      vector = next.map { $0 / value }
    }
    return value
  }

  @Test(arguments: [2, 3, 5], [true, false])
  func boundsHoldTheConstant(order: Int, isSymmetric: Bool) {
    var generator = SeededGenerator(seed: 3)
    let weight = TheoryProblems.gaussian(200, 14, &generator)
    var matrix = Matrix.product(weight, weight, transposingFirst: true)
    let exact = RestrictedIsometry(of: matrix, order: order)
    if !isSymmetric {
      // A skew part leaves the symmetric one, and only adds to the constant.
      matrix[0, 5] += 0.05
      matrix[5, 0] -= 0.05
    }
    let bounded = RestrictedIsometry(of: matrix, order: order, operations: 100)
    #expect(exact.isExact && !bounded.isExact && bounded.examined >= 2)
    #expect(bounded.lower <= exact.lower + 1e-12 && exact.upper <= bounded.upper + 1e-12)
    #expect(bounded.lower > 0 && bounded.upper < 1)
  }

  @Test func constantsGrowWithTheOrder() {
    var generator = SeededGenerator(seed: 6)
    let weight = TheoryProblems.gaussian(20, 10, &generator)
    let product = Matrix.product(weight, weight, transposingFirst: true)
    let constants = (1...10).map { RestrictedIsometry(of: product, order: $0).lower }
    #expect(zip(constants, constants.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
  }
}
