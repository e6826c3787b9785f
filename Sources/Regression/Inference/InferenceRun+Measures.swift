import EspalierFiles
import EspalierProximalPoint

extension InferenceRun {
  /// Whether the dispersion is estimated by Pearson's residuals.
  private var estimatesByPearson: Bool {
    fit.family.inferenceBasis == .likelihood
      && (fit.family.hasFreeDispersion
        || options.estimatesDispersion && !fit.family.hasEstimableParameter && !fit.family.hasProbabilityOfEachClass)
  }

  func measures(_ sums: GoodnessSums, rank: Int, hasOffsets: Bool) throws(EspalierError) -> Goodness {
    let (family, hasIntercept) = (fit.family, fit.options.intercept)
    let isLikelihood = family.inferenceBasis == .likelihood
    var null: Double?
    if let loss = solution.loss, isLikelihood {
      null =
        hasOffsets || !hasIntercept
        ? try NullModel(loss, rows).deviance(hasIntercept: hasIntercept) : sums.nullDeviance(loss)
    } else if solution.loss == nil {
      let isShifted = hasOffsets && family.hasThresholds
      if isShifted {
        null = try ordinalNullDeviance
      } else {
        null = hasIntercept ? sums.nullDeviance(nil) : sums.uniformDeviance
      }
    }
    var likelihood: Double?
    let residual = Double(sums.rowCount - rank)
    let isQuasi = estimatesByPearson && !family.hasFreeDispersion
    if isLikelihood, !fit.isPenalized, !isQuasi, residual > 0 || !family.hasFreeDispersion {
      likelihood = try logLikelihood(sums, dispersion: family.hasFreeDispersion ? sums.pearson / residual : 1)
    }
    return Goodness(
      rowCount: sums.rowCount, rank: rank, deviance: isLikelihood ? sums.deviance : nil,
      nullDeviance: null.flatMap { $0.isFinite ? $0 : nil },
      pearson: solution.loss == nil || !isLikelihood ? nil : sums.pearson,
      logLikelihood: likelihood.flatMap { $0.isFinite ? $0 : nil },
      parameterCount: rank + (parameter?.isLikelihood == true ? 1 : 0), isGaussian: family.name == .gaussian,
      hasIntercept: hasIntercept)
  }

  private func logLikelihood(_ sums: GoodnessSums, dispersion: Double) throws(EspalierError) -> Double? {
    var weights: [Double] = []
    if sums.hasWeights, fit.family.name == .gamma {
      try rows.forEachBlock { weights += $0.examples.weights.filter { $0 > 0 } }
    }
    return sums.likelihood.value(dispersion: dispersion) { term in
      weights.isEmpty ? Double(sums.rowCount) * term(1) : weights.reduce(0) { $0 + term($1) }
    }
  }

  func dispersion(_ sums: GoodnessSums, _ measures: Goodness) -> Inference.Dispersion? {
    if let parameter {
      return Inference.Dispersion(value: parameter.value, method: parameter.method, isEstimated: true)
    }
    guard fit.family.inferenceBasis == .likelihood else { return nil }
    guard estimatesByPearson else {
      return fit.family.name == .negativeBinomial
        ? Inference.Dispersion(
          value: fit.family.parameter ?? 1, method: "the family's alpha, given", isEstimated: false)
        : Inference.Dispersion(value: 1, method: "1, by the family", isEstimated: false)
    }
    guard measures.residualDegrees > 0 else { return nil }
    return Inference.Dispersion(
      value: sums.pearson / Double(measures.residualDegrees),
      method: "Pearson's residuals over \(measures.residualDegrees) residual degrees of freedom", isEstimated: true)
  }

  /// Student's t where the dispersion is estimated by residuals, as in R's `summary.glm` and statsmodels' `OLS`; for
  /// clusters with one degree of freedom less than there are of them.
  func distribution(
    _ measures: Goodness, _ dispersion: Inference.Dispersion?, clusters: Int
  ) -> ReferenceDistribution {
    guard estimatesByPearson || fit.family.inferenceBasis == .quantile else { return .normal }
    return .t(Double(options.cluster == nil ? measures.residualDegrees : clusters - 1))
  }
}
