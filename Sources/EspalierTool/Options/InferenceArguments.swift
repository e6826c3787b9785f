import ArgumentParser
import EspalierFiles
import EspalierRegression
import EspalierReports
import EspalierTables
import EspalierTensors

/// The options of standard errors on the command line.
struct InferenceArguments: ParsableArguments {
  /// The treatment of a dispersion that the family fixes.
  enum Dispersion: String, CaseIterable, ExpressibleByArgument {
    case fixed, auto
  }

  @Flag(
    inversion: .prefixedNo,
    help: """
      Whether standard errors, tests and intervals are given; by default for up to \(InferenceOptions.limit) \
      coefficients. They cost about an iteration of Newton's method.
      """)
  var inference: Bool?
  @Option(help: "The confidence of intervals.") var level = InferenceOptions().level
  @Option(
    help: """
      The covariance: nonrobust, or robust against any variances by hc0, hc1, hc2 or hc3. statsmodels' conventions.
      """)
  var covariance: CovarianceKind?
  @Option(help: "Robust covariance clustered by this column, which then explains nothing unless --columns names it.")
  var cluster: String?
  @Option(help: "The information matrix of the nonrobust covariance: expected, or observed.")
  var information = InferenceOptions.Information.expected
  @Option(
    help: """
      auto estimates what the family would fix: alpha of negative-binomial (maximum likelihood), Huber's scale (the \
      threshold is then in its units), a factor of the variance of poisson and binomial (Pearson).
      """)
  var dispersion = Dispersion.fixed

  func validate() throws {
    guard level > 0, level < 1 else { throw ValidationError("--level takes a number between 0 and 1") }
    guard covariance != .cluster else { throw ValidationError("--covariance cluster needs a column: --cluster COLUMN") }
    guard cluster == nil || covariance == nil else {
      throw ValidationError("--cluster is a covariance of its own: leave out --covariance")
    }
    let idle = [
      cluster.map { _ in "--cluster" }, covariance.map { _ in "--covariance" },
      information == .observed ? "--information" : nil, level != InferenceOptions().level ? "--level" : nil,
    ].compactMap { $0 }
    guard inference != false || idle.isEmpty else {
      throw ValidationError("\(idle[0]) changes nothing with --no-inference: leave one of them out")
    }
    guard information == .expected || (cluster == nil && (covariance ?? .nonrobust) == .nonrobust) else {
      throw ValidationError("--information is of the nonrobust covariance: leave it out")
    }
  }

  /// Rejects what does nothing for a family.
  func check(_ family: Family.Name) throws(ValidationError) {
    guard dispersion == .fixed || [.negativeBinomial, .huber, .poisson, .binomial].contains(family) else {
      throw ValidationError(
        "--dispersion auto is for negative-binomial, huber, poisson and binomial; "
          + "\(family.rawValue) has none that is not estimated anyway")
    }
  }

  /// Fits rows, and estimates the family's parameter if asked for.
  ///
  /// - Throws: `EspalierError` as a fit does, and if the parameter of streamed rows is to be estimated.
  func fit(
    _ fit: Fit, _ rows: Rows?, _ data: RegressionData, keptIn checkpoints: Checkpoints?,
    observe: (FitProgress) -> Void
  ) throws(EspalierError) -> (fit: Fit, outcome: FitOutcome, parameter: EstimatedParameter?) {
    if dispersion == .auto, fit.family.hasEstimableParameter {
      guard let rows else {
        throw EspalierError(
          .argument, "--dispersion auto", "estimates the parameter of the family from rows in memory",
          remedy: "leave out --stream, or give it by --family-parameter")
      }
      let estimated = try fit.estimatingParameter(rows, features: data.features, observe: observe)
      return (estimated.fit, estimated.outcome, estimated.parameter)
    }
    if let rows {
      return (fit, try fit(rows, features: data.features, keptIn: checkpoints, observe: observe), nil)
    }
    let outcome = try fit.streaming(
      data.source, features: data.features, rowCount: data.rowCount, isSparse: data.isSparse,
      meanWeight: data.meanWeight, keptIn: checkpoints, observe: observe)
    return (fit, outcome, nil)
  }

  /// The covariance that a model file stores; without it, warns of its absence if it was too large.
  func stored(_ inference: Inference, _ data: RegressionData, _ fit: Fit, _ outcome: FitOutcome) -> ModelCovariance? {
    // Intervals of their probabilities are not given.
    guard fit.family.name != .ordinal else { return nil }
    let stored = ModelCovariance(
      inference, features: data.features.map(\.name), classes: data.classes, hasIntercept: fit.options.intercept,
      isBounded: outcome.unbounded.isEmpty)
    if stored == nil, inference.covariance != nil, outcome.unbounded.isEmpty {
      StandardError.warn(
        "the covariance of more than \(ModelCovariance.limit) coefficients is not stored in the model: predict gives "
          + "no intervals")
    }
    return stored
  }

  /// The inference of a fit.
  func result(
    of outcome: FitOutcome, _ fit: Fit, _ data: RegressionData, _ rows: Rows?, _ parameter: EstimatedParameter?
  ) throws(EspalierError) -> Inference {
    let options = InferenceOptions(
      level: level, covariance: covariance ?? .nonrobust, cluster: cluster, information: information,
      estimatesDispersion: dispersion == .auto, isRequested: inference == true)
    guard inference != false else { return .absent("standard errors are left out (--no-inference)", options) }
    let result = try fit.inference(of: outcome, data, rows: rows, parameter: parameter, options: options)
    result.warnings.forEach(StandardError.warn)
    return result
  }
}

extension CovarianceKind: ExpressibleByArgument {}
extension InferenceOptions.Information: ExpressibleByArgument {}
