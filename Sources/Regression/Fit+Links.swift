import EspalierFiles
import EspalierProximalPoint
import Foundation

/// Links for which a loss is not convex, or not every predictor has a mean.
extension Fit {
  /// Rejects constant steps where they have no theory: on losses that are not convex, or infinite somewhere.
  func checkSteps() throws(EspalierError) {
    guard options.steps == nil || family.takesStochasticSteps else {
      throw EspalierError(
        .argument, "constant steps", "are not for the family \(family.name.rawValue) with the link \(family.link)",
        remedy: "leave out --step, --momentum and --method")
    }
  }

  /// What a status does not say for the link: that an optimum is local, or that a mean may be at its bound.
  func remarks(on status: Minimization.Status) -> String {
    guard let loss = family.predictorLoss else { return "" }
    switch status {
    case .converged where !loss.isConvex:
      return "; the optimum is a local one, as the loss is not convex with the link \(family.link)"
    case .stopped where loss.domain != .everywhere:
      return
        "; with the link \(family.link), means of some rows may be at their bound, where there is no optimum inside"
    default: return ""
    }
  }

  /// Rejects an outcome at which some rows have impossible means.
  func possible(_ outcome: FitOutcome) throws(EspalierError) -> FitOutcome {
    guard let loss = family.predictorLoss, loss.domain != .everywhere, !outcome.objective.isFinite,
      options.steps == nil
    else { return outcome }
    throw EspalierError(
      refusal: "no coefficients were found for which all rows have a possible mean with the link \(family.link): take "
        + "another link, or give the model an intercept")
  }

  /// The start of a model without an intercept, where the predictor 0 has no mean: the least squares of the targets'
  /// links, as of generalised linear models (P. McCullagh, J. Nelder, 1989, section 2.5.1); `nil` where 0 is a start.
  func possibleStart<Features: StandardizableRows>(
    _ examples: Examples<Features>
  ) throws(EspalierError) -> SolverState? {
    guard let loss = family.predictorLoss, !loss.domain.contains(0), !examples.hasIntercept else { return nil }
    let mean = examples.targets.reduce(0, +) / Double(examples.count)
    let link = family.activeLink
    let linked = try Examples(
      examples.rows, targets: examples.targets.map { link.predictor(of: $0 > 0 ? $0 : 0.1 * mean) },
      offsets: examples.offsets, weights: examples.weights)
    return try SolverState(startingAt: AutomaticSolver().minimize(SquaredLoss(), over: linked))
  }
}

extension Link {
  /// The predictor of a positive mean, for links that are not defined everywhere.
  fileprivate func predictor(of mean: Double) -> Double {
    switch self {
    case .inverse: 1 / mean
    case .inverseSquared: 1 / (mean * mean)
    case .squareRoot: mean.squareRoot()
    case .log: Foundation.log(mean)
    default: mean
    }
  }
}
