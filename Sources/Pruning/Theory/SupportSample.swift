import EspalierLinearAlgebra
import EspalierTensors

/// Sets of k units whose blocks bound a restricted isometry constant from below: for the units with the largest sums of
/// interactions, each with the k - 1 that interact most with it, and as many random sets.
struct SupportSample {
  let sets: [[Int]]

  /// Blocks of this size take a second or more each; a constant of a smaller order bounds it from below too.
  private static let largest = 768

  init(of matrix: Matrix, order: Int, operations: Double, seed: UInt64) {
    let size = min(order, Self.largest)
    let count = matrix.rows
    let pairs = Int(min(max(operations / Double(size * size * size) / 2, 1), 200))
    var generator = SeededGenerator(seed: seed)
    let strengths = (0..<count).map { unit in matrix.row(unit).reduce(0) { $0 + abs($1) } - abs(matrix[unit, unit]) }
    let coherent = (0..<count).largest(pairs, by: strengths).map { unit in
      [unit] + (0..<count).filter { $0 != unit }.largest(size - 1, by: matrix.row(unit).map(abs))
    }
    sets = coherent + (0..<pairs).map { _ in Array(generator.permutation(count).prefix(size)) }
  }
}
