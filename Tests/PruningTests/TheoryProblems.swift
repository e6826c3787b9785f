import EspalierLinearAlgebra
import EspalierPruning
import EspalierTensors
import Foundation

/// Problems whose theory is known.
enum TheoryProblems {
  /// One dense layer with these weights over hidden representations of the given row sums, none negative.
  static func problem(_ weight: Matrix, sizes: [Double], samples: Int = 12, seed: UInt64 = 0) -> SelectionProblem {
    var generator = SeededGenerator(seed: seed)
    var hidden = Matrix(rows: sizes.count, columns: samples)
    for (row, size) in sizes.enumerated() {
      let values = (0..<samples).map { _ in abs(generator.normal()) }
      let scale = size / values.reduce(0, +)
      for (column, value) in values.enumerated() { hidden[row, column] = value * scale }
    }
    return SelectionProblem(
      unitCount: sizes.count,
      consumers: [
        .init(
          weight: weight, bias: nil, channels: sizes.indices.map { [$0] },
          statistics: ActivationStatistics(of: hidden))
      ])
  }

  static func gaussian(_ rows: Int, _ columns: Int, _ generator: inout SeededGenerator) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      (0..<rows * columns).map { _ in generator.normal() / Double(rows).squareRoot() })
  }

  /// Sizes that follow `i^(-1/p)`, in random order.
  static func powerLaw(_ count: Int, _ p: Double, _ generator: inout SeededGenerator) -> [Double] {
    generator.permutation(count).map { pow(Double($0 + 1), -1 / p) }
  }
}
