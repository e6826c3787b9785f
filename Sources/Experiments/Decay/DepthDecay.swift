import EspalierLinearAlgebra
import EspalierPruning
import EspalierTensors
import Foundation

/// The multi-layer statement, measured: the error of a rectifier network whose layers are pruned one after another,
/// each on the activations of the network pruned so far, against depth.
///
/// All layers have as many units, the rows of the weights in front of each fall like `i^(-1/p)` in random order, and
/// their scale keeps the energy of the outputs the same from layer to layer. Inputs are Gaussian.
package struct DepthDecay: Sendable, Codable {
  /// The exponent p of the power law.
  package let exponent: Double
  /// After each pruned layer, `|| U - U~ ||_F / || U ||_F`, the root of the mean square over the trials.
  package let errors: [Double]
  /// The bound of ``MultiLayerBound`` on it from the residuals that selection saw, likewise.
  package let bounds: [Double]
  /// The geometric mean of the layers' spectral norms.
  package let gain: Double

  /// Hidden units in each layer, samples, how many units are kept, and how many layers there are.
  package static let (width, kept, depth) = (100, 25, 8)

  /// Runs `trials` random networks drawn from `seed`.
  package init(exponent: Double, trials: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var errors = [Double](repeating: 0, count: Self.depth)
    var bounds = errors
    var gain = 0.0
    for _ in 0..<trials {
      var network = Layers(exponent: exponent, &generator)
      var bound = MultiLayerBound()
      for layer in 0..<Self.depth {
        let step = network.prune(&generator)
        bound.append(residual: step.residual, gain: step.gain)
        errors[layer] += step.error * step.error / (step.energy * Double(trials))
        bounds[layer] += bound.errors[layer] * bound.errors[layer] / (step.energy * Double(trials))
        gain += log(step.gain) / Double(trials * Self.depth)
      }
    }
    self.exponent = exponent
    self.errors = errors.map { $0.squareRoot() }
    self.bounds = bounds.map { $0.squareRoot() }
    self.gain = exp(gain)
  }

  /// A network as far as it has been made and pruned.
  private struct Layers {
    /// The hidden representations in front of the next layer, of the dense and of the pruned network.
    private var dense, pruned: Matrix
    private let exponent: Double

    /// What came of pruning one layer.
    struct Step {
      let residual, gain, error, energy: Double
    }

    init(exponent: Double, _ generator: inout SeededGenerator) {
      self.exponent = exponent
      let inputs = Self.normal(DepthDecay.width, &generator)
      dense = Self.rectified(
        Matrix.product(Self.rows(Self.normal(DepthDecay.width, &generator), exponent, &generator), inputs))
      pruned = dense
    }

    /// Adds a layer, prunes the units that it reads, and applies the rectifier.
    mutating func prune(_ generator: inout SeededGenerator) -> Step {
      var weight = Self.rows(Self.normal(DepthDecay.width, &generator), exponent, &generator)
      let (before, after) = (dense.energy, Matrix.product(weight, dense).energy)
      weight = weight.scaled(by: (before / after).squareRoot())
      let problem = SelectionProblem(
        unitCount: weight.columns,
        consumers: [
          .init(
            weight: weight, bias: nil, channels: (0..<weight.columns).map { [$0] },
            statistics: ActivationStatistics(of: pruned))
        ])
      let kept = ISpaSP().select(DepthDecay.kept, of: problem).kept
      let output = Matrix.product(weight, dense)
      let small = Matrix.product(weight.taking(columns: kept), pruned.taking(rows: kept))
      let difference = Matrix(
        rows: output.rows, columns: output.columns, zip(output.elements, small.elements).map { $0 - $1 })
      (dense, pruned) = (Self.rectified(output), Self.rectified(small))
      return Step(
        residual: max(problem.residual(keeping: kept) ?? 0, 0), gain: weight.spectralNorm,
        error: difference.energy.squareRoot(), energy: output.energy)
    }

    private static func normal(_ size: Int, _ generator: inout SeededGenerator) -> Matrix {
      Matrix(rows: size, columns: size, (0..<size * size).map { _ in generator.normal() })
    }

    /// The matrix with its rows, in random order, times `i^(-1/p)`.
    private static func rows(_ matrix: Matrix, _ p: Double, _ generator: inout SeededGenerator) -> Matrix {
      var matrix = matrix
      for (rank, row) in (0..<matrix.rows).shuffled(using: &generator).enumerated() {
        for column in 0..<matrix.columns { matrix[row, column] *= pow(Double(rank + 1), -1 / p) }
      }
      return matrix
    }

    private static func rectified(_ matrix: Matrix) -> Matrix {
      Matrix(rows: matrix.rows, columns: matrix.columns, matrix.elements.map { max($0, 0) })
    }
  }
}

extension Matrix {
  /// The sum of squares.
  fileprivate var energy: Double { elements.reduce(0) { $0 + $1 * $1 } }

  fileprivate func scaled(by factor: Double) -> Matrix {
    Matrix(rows: rows, columns: columns, elements.map { $0 * factor })
  }
}
