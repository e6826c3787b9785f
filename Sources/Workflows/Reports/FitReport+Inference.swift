import EspalierRegression
import EspalierReports

extension FitReport {
  /// The coefficients with their standard errors, if there are any; and, for a report, with the means and deviations of
  /// their features.
  func coefficientTables(limit: Int) -> [Table] {
    (inferenceTable(limit: limit).map { [$0] } ?? []) + [coefficientTable(limit: limit)]
  }

  /// The table on a terminal: that of standard errors or, if there are none, that of coefficients.
  package func terminalTable(limit: Int) -> Table { inferenceTable(limit: limit) ?? coefficientTable(limit: limit) }

  /// The coefficients with their standard errors, tests and intervals; above the limit, the intercepts and those whose
  /// statistics are largest. `nil` without standard errors.
  package func inferenceTable(limit: Int = .max) -> Table? {
    guard let distribution = inference.distribution else { return nil }
    var shown = inference.coefficients
    if shown.count > limit {
      let sizes = shown.map { abs($0.uncertainty?.statistic ?? 0) }
      let largest = shown.indices.sorted { sizes[$0] > sizes[$1] }.prefix(limit)
      let chosen = Set(largest).union(shown.indices.filter { shown[$0].feature == nil })
      shown = chosen.sorted().map { shown[$0] }
    }
    let hasClasses = inference.referenceClass != nil
    let (symbol, percent) = (distribution.symbol, Format.number(100 * inference.options.level) + " %")
    return Table(
      (hasClasses ? ["Class"] : [])
        + [
          "Coefficient", .numbers("estimate"), .numbers("std. error"), .numbers(symbol), .numbers("P(>|\(symbol)|)"),
          .numbers("\(percent) from"), .numbers("to"),
        ],
      rows: shown.map { coefficient in
        (hasClasses ? [Cell(coefficient.className ?? "")] : [])
          + [Cell(coefficient.name), .number(coefficient.estimate, digits: 6)] + cells(coefficient.uncertainty)
      },
      caption: shown.count < inference.coefficients.count
        ? "The \(shown.count) largest statistics of \(inference.coefficients.count) coefficients." : nil)
  }

  private func cells(_ uncertainty: Inference.Uncertainty?) -> [Cell] {
    guard let uncertainty else { return [Cell("none"), "", "", "", ""] }
    let p = uncertainty.pValue
    return [
      .number(uncertainty.standardError, digits: 5), .number(uncertainty.statistic, digits: 4),
      p < 2.2e-16 ? Cell("<2.2e-16", value: p) : .number(p, digits: 3),
      .number(uncertainty.interval.lowerBound, digits: 5), .number(uncertainty.interval.upperBound, digits: 5),
    ]
  }

  /// The goodness of the fit, the kind of its standard errors, and what is to be known of them.
  var inferenceSentences: [String] {
    var result: [String] = []
    if let goodness = inference.goodness { result += sentences(goodness) }
    if let dispersion = inference.dispersion, dispersion.isEstimated {
      result.append("dispersion \(Format.number(dispersion.value, digits: 6)): \(dispersion.method)")
    }
    if let kind = kindOfErrors { result.append(kind) }
    if family.hasThresholds {
      result.append("thresholds t and coefficients with P(class <= k) = F(t_k - x'b), F the inverse of \(family.link)")
    }
    if let name = inference.referenceClass { result.append("coefficients are relative to class \(name): log odds") }
    return result + inference.notes + (inference.absence.map { [$0] } ?? [])
  }

  private func sentences(_ goodness: Goodness) -> [String] {
    var result: [String] = []
    if let deviance = goodness.deviance {
      var sentence =
        "deviance \(Format.number(deviance, digits: 6)) on \(goodness.residualDegrees) degrees of freedom"
      if let null = goodness.nullDeviance { sentence += ", \(Format.number(null, digits: 6)) without features" }
      if let explained = goodness.explained {
        sentence += ": \(goodness.isGaussian ? "R2" : "D2") \(Format.number(explained, digits: 4))"
        if let adjusted = goodness.adjusted { sentence += ", adjusted \(Format.number(adjusted, digits: 4))" }
      }
      result.append(sentence)
    }
    if let likelihood = goodness.logLikelihood, let aic = goodness.aic, let bic = goodness.bic {
      result.append(
        "log-likelihood \(Format.number(likelihood, digits: 7)), AIC \(Format.number(aic, digits: 7)), "
          + "BIC \(Format.number(bic, digits: 7)) (\(goodness.parameterCount) parameters)")
    }
    return result
  }

  private var kindOfErrors: String? {
    guard let distribution = inference.distribution else { return nil }
    let kind =
      switch inference.options.covariance {
      case .nonrobust:
        switch family.name {
        case .huber: "Huber's sandwich of M-estimators"
        case .quantile: "sandwich with a kernel estimate of the errors' density"
        default: "\(inference.options.information.rawValue) information"
        }
      case .cluster: "robust, clustered by \(inference.options.cluster ?? "") (\(inference.clusterCount ?? 0) clusters)"
      default: "robust (\(inference.options.covariance.rawValue.uppercased()))"
      }
    let test = distribution.degrees.map { "Student's t of \(Format.number($0)) degrees of freedom" } ?? "normal"
    return "standard errors: \(kind); \(test)"
  }
}
