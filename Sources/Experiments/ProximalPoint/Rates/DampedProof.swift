import EspalierFiles
import EspalierLinearAlgebra
import EspalierProximalPoint
import EspalierTensors
import Foundation

/// The proven rate of damped joint SPPAM (`DampedMomentum`) beside the rates of the methods, on least squares with a
/// common minimiser and few batches, drawn independently.
///
/// 8 batches of 3 Gaussian rows in 6 dimensions, x* = 0, so that `E[I - M]` is an average of 8 matrices.
package struct DampedProof: Sendable, Codable {
  /// One step size.
  package struct Row: Sendable, Codable {
    /// eta.
    package let step: Double
    /// rho: the smallest eigenvalue of `E[I - M]`.
    package let averageContraction: Double
    /// b: the largest damped momentum.
    package let momentum: Double
    /// Whether convergence is proven.
    package let isProven: Bool
    /// The factor of the bound on mean squared distances per step.
    package let bound: Double
    /// The measured rates of squared distances per step; infinite where the method diverged.
    package let plain, published, damped: Double
  }

  /// All rows, by step size.
  package let rows: [Row]

  private static let (batches, batch, dimension) = (8, 3, 6)
  private static let momentum = 0.9

  /// Measures all rows over so many steps; rows and draws follow from `seed`.
  package init(iterations: Int, seed: UInt64) throws(EspalierError) {
    var generator = SeededGenerator(seed: seed)
    let count = Self.batches * Self.batch
    let values = (0..<count * Self.dimension).map { _ in generator.normal() }
    let examples = try Examples(
      DenseRows(dimension: Self.dimension, values), targets: [Double](repeating: 0, count: count))
    let start = (0..<Self.dimension).map { _ in generator.normal() }
    let draws = (0..<iterations).map { _ in generator.index(below: Self.batches) }
    rows = (-2...5).map { Self.row(pow(10, Double($0)), examples, values, start, draws) }
  }

  private static func row(
    _ step: Double, _ examples: Examples<DenseRows>, _ values: [Double], _ start: [Double], _ draws: [Int]
  ) -> Row {
    let joint = Batch.joint(batch)
    let damped = SPPAM(step: step, momentum: momentum, batch: joint, damping: .contraction)
    let largest = (0..<batches).map { number in
      momentum * damped.step(Iterate(at: start), on: rows(of: number), of: examples, loss: SquaredLoss()).contraction
    }.max()!
    let theory = DampedMomentum(momentum: largest, averageContraction: 1 - largestFactor(step, values))
    let (a, b) = theory.coefficients
    func rate(_ method: any StochasticMethod) -> Double { self.rate(method, examples, start, draws) }
    return Row(
      step: step, averageContraction: theory.averageContraction, momentum: largest, isProven: theory.isProven,
      bound: (a + (a * a + 4 * b).squareRoot()) / 2, plain: rate(SPPA(step: step, batch: joint)),
      published: rate(SPPAM(step: step, momentum: momentum, batch: joint)), damped: rate(damped))
  }

  private static func rows(of number: Int) -> [Int] { Array(number * batch..<(number + 1) * batch) }

  /// The largest eigenvalue of `E[M]`, `M = (I + (eta/m) A^T A)^-1`, by power iteration.
  private static func largestFactor(_ step: Double, _ values: [Double]) -> Double {
    var average = Matrix(rows: dimension, columns: dimension)
    for number in 0..<batches {
      var system = Matrix(identity: dimension)
      for row in rows(of: number) {
        let a = Array(values[row * dimension..<(row + 1) * dimension])
        system.addOuterProduct(a, a, times: step / Double(batch))
      }
      // Positive definite: the identity and squares.
      average = average + Cholesky(system)!.inverse()
    }
    var (vector, eigenvalue) = ([Double](repeating: 1, count: dimension), 0.0)
    for _ in 0..<2000 {
      vector = average.product(vector).map { $0 / Double(batches) }
      eigenvalue = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      vector = vector.map { $0 / eigenvalue }
    }
    return eigenvalue
  }

  /// The geometric mean of `||x+||^2 / ||x||^2`: until the draws are used up, or the square leaves 1e-200 ... 1e200.
  private static func rate(
    _ method: any StochasticMethod, _ examples: Examples<DenseRows>, _ start: [Double], _ draws: [Int]
  ) -> Double {
    func square(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 } }
    var state = Iterate(at: start)
    var (taken, last) = (0, square(start))
    for number in draws {
      state = method.step(state, on: rows(of: number), of: examples, loss: SquaredLoss())
      let now = square(state.current)
      guard now < 1e200 else { return .infinity }
      (taken, last) = (taken + 1, now)
      if now < 1e-200 { break }
    }
    return pow(max(last, .leastNonzeroMagnitude) / square(start), 1 / Double(taken))
  }
}
