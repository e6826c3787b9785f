import EspalierPruning
import Foundation

/// The decay of i-SpaSP's residual with the size kept in one group of a trained network, beside the power law of its
/// units' sizes.
package struct TrainedDecay: Sendable, Encodable {
  /// The group.
  package let group: String
  /// Its number of units.
  package let units: Int
  /// The power law of the units' sizes; `nil` for fewer than three units that are not silent.
  package let compressibility: Compressibility?
  /// The sizes tried, about evenly spaced on a logarithmic scale.
  package let sizes: [Int]
  /// For each, the residual of i-SpaSP over that of keeping nothing, the weights unchanged.
  package let residuals: [Double]
  /// For each, the share of the s largest units that is found.
  package let foundShares: [Double]
  /// For each, what the theorem amounts to.
  package let verdicts: [GroupTheory.Verdict]
  /// The degree d of the decay `s^-d` between the smallest size and half of the units; negative where it grows.
  package let fittedDegree: Double
  /// The share of the variance of the logarithms that the fit explains.
  package let determination: Double

  /// The decay for `problem`, which has second moments and more than one unit.
  package init(group: String, _ problem: SelectionProblem) {
    let units = problem.unitCount
    let sizes = Set((1...16).map { max(1, Int((Double(units) * pow(2, -Double($0) / 2)).rounded())) })
      .filter { $0 < units }.sorted()
    let theories = sizes.map { size in
      GroupTheory(of: problem, keeping: ISpaSP().select(size, of: problem).kept)
    }
    self.group = group
    self.units = units
    self.sizes = sizes
    compressibility = Compressibility(sizes: problem.hiddenSize)
    residuals = theories.map { $0.relativeResidual ?? 0 }
    foundShares = theories.map(\.foundShare)
    verdicts = theories.map(\.verdict)
    let fit = LogarithmicFit(
      zip(sizes, residuals).filter { 2 * $0.0 <= units && $0.1 > 0 }.map { (Double($0.0), $0.1) })
    fittedDegree = -(fit?.slope ?? 0)
    determination = fit?.determination ?? 0
  }

  /// How many of the sizes below half of the units it promises something for: above, it needs no condition.
  package var promisedBelowHalf: Int { zip(sizes, verdicts).count { 2 * $0 < units && $1 == .promises } }
}
