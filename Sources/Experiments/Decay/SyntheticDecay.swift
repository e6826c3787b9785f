import EspalierPruning
import EspalierTensors
import Foundation

/// The paper's synthetic experiment: the decay of the residual of i-SpaSP with the size kept, when the rows of the
/// hidden representation follow a power law.
///
/// W1 is Gaussian with variance 1 / outputs (``CompressibleProblem``). For s = 1 .. hidden the residual is
/// `|| W1 H - W1_S H_S ||_F^2`.
///
/// Source: C. R. Wolfe and A. Kyrillidis, L4DC 2022, section 5 ("synthetic experiments"). The paper does not state the
/// number of outputs and samples; both equal the hidden size here.
package struct SyntheticDecay: Sendable, Codable {
  /// Hidden units.
  package let hiddenSize: Int
  /// The exponent p of the power law: the smaller, the more compressible.
  package let exponent: Double
  /// For s = 1 .. hidden size, the geometric mean over the trials of the residual over the energy of the output.
  package let residuals: [Double]
  /// The degree d of the decay `s^-d`, fitted to the residuals over the middle sizes.
  package let fittedDegree: Double
  /// The degree that the theorem promises where its condition holds: `2/p - 1`, and 0 from p = 1 on.
  package let promisedDegree: Double
  /// The mean over sizes and trials of the share of the s largest units that is found. Where it is 1 the curve is that
  /// of the power law, whatever finds it.
  package let foundShare: Double

  /// Sizes between which the degree is fitted: below, constants dominate; above, few rows are left.
  private static func fittedSizes(_ hiddenSize: Int) -> ClosedRange<Int> { max(2, hiddenSize / 20)...hiddenSize / 2 }

  /// Runs `trials` random instances drawn from `seed`.
  package init(hiddenSize: Int, exponent: Double, trials: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var logarithms = [Double](repeating: 0, count: hiddenSize)
    var found = 0.0
    for _ in 0..<trials {
      let instance = CompressibleProblem(
        hiddenSize: hiddenSize, exponent: exponent, weights: .gaussian(outputs: hiddenSize), &generator)
      for size in 1..<hiddenSize {
        let kept = ISpaSP().select(size, of: instance.problem).kept
        guard let residual = instance.problem.residual(keeping: kept), let energy = instance.problem.outputEnergy else {
          preconditionFailure("a hidden representation that is there as a whole has second moments")
        }
        logarithms[size - 1] += log10(max(residual / energy, 1e-300)) / Double(trials)
        found += instance.share(of: kept)
      }
      // With everything kept the residual is zero, and its logarithm infinite.
      logarithms[hiddenSize - 1] = -.infinity
    }
    self.hiddenSize = hiddenSize
    self.exponent = exponent
    residuals = logarithms.map { pow(10, $0) }
    foundShare = found / Double(trials * (hiddenSize - 1))
    promisedDegree = Compressibility.promisedDegree(of: exponent) ?? 0
    let curve = residuals
    fittedDegree = -(LogarithmicFit(Self.fittedSizes(hiddenSize).map { (Double($0), curve[$0 - 1]) })?.slope ?? 0)
  }
}

extension CompressibleProblem {
  /// The share of the largest units, noise apart, that is in `kept`.
  func share(of kept: [Int]) -> Double {
    Double(Set(kept).intersection(order.prefix(kept.count)).count) / Double(kept.count)
  }
}
