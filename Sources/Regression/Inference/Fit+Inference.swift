import EspalierFiles
import EspalierTables

extension Fit {
  /// Standard errors, tests, intervals and measures of goodness of an outcome of this fit; with the reason if there are
  /// none.
  ///
  /// Complexity: O(n p^2): a pass over the rows, or a few.
  ///
  /// - Parameters:
  ///   - rows: The rows; `nil` to read them from `data` again, as for clusters.
  ///   - parameter: The parameter of the family, if it was estimated.
  /// - Throws: `EspalierError` if a row cannot be read, or there are clusters and the data are no table.
  package func inference(
    of outcome: FitOutcome, _ data: RegressionData, rows: Rows?, parameter: EstimatedParameter? = nil,
    options: InferenceOptions = InferenceOptions()
  ) throws(EspalierError) -> Inference {
    var options = options
    // The expectation over ordered classes is not taken: it has none of the ease that it has for one predictor.
    if family.hasThresholds { options.information = .observed }
    if let reason = reasonWithoutInference(outcome, data, isStreamed: rows == nil, options) {
      return .absent(reason, options)
    }
    var source: any RowSource =
      rows.map { RowsInMemory($0, featureNames: data.features.map(\.name)) } ?? data.source
    if let cluster = options.cluster {
      guard let table = data.source as? TableSource else {
        throw EspalierError(
          .argument, "clusters", "need a column that names them, and a LIBSVM file has none", remedy: "give a table")
      }
      source = try table.clustered(by: cluster)
    }
    return try InferenceRun(
      self, outcome, source, features: data.features, isSparse: data.isSparse, parameter: parameter, options)()
  }

  /// Whether a penalty or bounds move the coefficients away from the most likely.
  var isPenalized: Bool { options.l1 > 0 || options.l2 > 0 || isBounded }

  /// Whether coefficients have bounds.
  var isBounded: Bool { options.conditions?.hasBounds == true }

  private func reasonWithoutInference(
    _ outcome: FitOutcome, _ data: RegressionData, isStreamed: Bool, _ options: InferenceOptions
  ) -> String? {
    guard self.options.steps == nil else {
      return "standard errors are those of an optimum, which constant steps do not reach: leave out --step"
    }
    guard outcome.status == .converged || !outcome.unbounded.isEmpty else {
      return "standard errors are those of an optimum, and the fit is not certified to be one"
    }
    guard family.inferenceBasis != .margin else {
      return "the \(family.name.rawValue) loss is no likelihood: its coefficients have no standard errors"
    }
    guard family.predictorLoss != nil || family.hasProbabilityOfEachClass else {
      return "standard errors of --family \(family.name.rawValue) are not known"
    }
    guard !isPenalized else { return nil }
    let predictors = loss.predictorCount == 1 ? 1 : loss.predictorCount - 1
    let count = predictors * (data.features.count + (self.options.intercept ? 1 : 0)) + loss.parameterCount
    guard count <= InferenceOptions.largest else {
      return "standard errors are for at most \(InferenceOptions.largest) coefficients, and there are \(count)"
    }
    guard options.isRequested || count <= InferenceOptions.limit else {
      return "standard errors of more than \(InferenceOptions.limit) coefficients (\(count)) are given with --inference"
    }
    guard self.options.validation == 0 else {
      return "standard errors are not given for a fit of a part of the rows (--validation)"
    }
    guard !isStreamed || family.inferenceBasis != .quantile else {
      return "standard errors of quantiles need all errors in memory: leave out --stream"
    }
    guard !family.hasProbabilityOfEachClass || !options.covariance.usesLeverages else {
      return "HC2 and HC3 are for a target with one mean, and each class has a probability: take hc0, hc1 or clusters"
    }
    return nil
  }
}
