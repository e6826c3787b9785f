import EspalierPruning
import EspalierTensors
import Foundation

/// What i-SpaSP finds of the true support where that is hard: few outputs, noise, weights with correlated columns.
///
/// With as many outputs as units, independent columns and no noise every method that looks at activations finds the
/// support, so that the decay of the residual tells nothing of the algorithm.
package struct SupportRecovery: Sendable, Codable {
  /// What a case varies.
  package enum Series: String, Sendable, CaseIterable, Codable {
    /// Gaussian weights of few outputs.
    case outputs
    /// Noise on the rows, in sizes of the smallest unit of the true support.
    case noise
    /// Expected inner products of the columns of W1; at 0 they are orthonormal.
    case correlation
  }

  /// What varies.
  package let series: Series
  /// Its value.
  package let value: Double
  /// The exponent of the power law.
  package let exponent: Double
  /// The mean share of the true support that is found.
  package let foundShare: Double
  /// The geometric mean of the residual over that of the true support: 1 if nothing is lost, below 1 where other units
  /// happen to leave less.
  package let residualRatio: Double
  /// The mean residual over that of keeping nothing.
  package let relativeResidual: Double
  /// The largest lower bound on the restricted isometry constant of order 3s among the trials.
  package let isometryLower: Double
  /// The largest upper bound.
  package let isometryUpper: Double
  /// In how many trials the theorem's condition was known to hold.
  package let covered: Int
  /// In how many of these the residual stayed below the bound of the theorem.
  package let bounded: Int
  /// In how many of these the bound is not below the residual of keeping nothing, and says nothing.
  package let vacuous: Int
  /// The mean of that bound over the residual of keeping nothing; `nil` where it is not known to hold.
  package let relativeBound: Double?

  /// Hidden units, and how many are kept.
  package static let (hiddenSize, kept) = (100, 10)
  /// Exponents: the least compressible of the paper, and one as trained networks have.
  package static let exponents = [0.9, 3]

  /// The cases of one series.
  package static func values(of series: Series) -> [Double] {
    switch series {
    case .outputs: [1, 2, 5, 10, 20, 50, 100, 1000, 10_000]
    case .noise: [0.1, 0.3, 1, 3, 10]
    case .correlation: [0, 0.3, 0.6, 0.9, 0.99]
    }
  }

  /// Runs `trials` random instances of one case.
  package init(_ series: Series, _ value: Double, exponent: Double, trials: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var (found, logarithm, relative, lower, upper) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var (covered, bounded, vacuous, promised) = (0, 0, 0, 0.0)
    for _ in 0..<trials {
      let instance = Self.problem(series, value, exponent, &generator)
      let chosen = ISpaSP().select(Self.kept, of: instance.problem).kept
      let theory = GroupTheory(of: instance.problem, keeping: chosen)
      found += instance.share(of: chosen) / Double(trials)
      guard let residual = theory.residual,
        let best = instance.problem.residual(keeping: Array(instance.order.prefix(Self.kept)))
      else { preconditionFailure("a hidden representation that is there as a whole has second moments") }
      logarithm += log(residual / best) / Double(trials)
      relative += (theory.relativeResidual ?? 0) / Double(trials)
      (lower, upper) = (max(lower, theory.isometry.lower), max(upper, theory.isometry.upper))
      if let bound = theory.bound.residual {
        covered += 1
        if residual <= bound { bounded += 1 }
        if theory.verdict == .vacuous { vacuous += 1 }
        promised += theory.relativeBound ?? 0
      }
    }
    self.series = series
    self.value = value
    self.exponent = exponent
    foundShare = found
    residualRatio = exp(logarithm)
    relativeResidual = relative
    (isometryLower, isometryUpper) = (lower, upper)
    (self.covered, self.bounded, self.vacuous) = (covered, bounded, vacuous)
    relativeBound = covered > 0 ? promised / Double(covered) : nil
  }

  private static func problem(
    _ series: Series, _ value: Double, _ exponent: Double, _ generator: inout SeededGenerator
  ) -> CompressibleProblem {
    let weights: CompressibleProblem.Weights =
      switch series {
      case .outputs: .gaussian(outputs: Int(value))
      case .noise: .gaussian(outputs: hiddenSize)
      case .correlation: value == 0 ? .orthonormal : .correlated(outputs: hiddenSize, rho: value)
      }
    return CompressibleProblem(
      hiddenSize: hiddenSize, exponent: exponent, weights: weights,
      noise: series == .noise ? value * pow(Double(kept), -1 / exponent) : 0, &generator)
  }
}
