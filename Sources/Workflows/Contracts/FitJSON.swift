import EspalierRegression
import EspalierReports

/// The JSON of `fit`. If each class has a linear predictor, intercepts and coefficients are objects keyed by class.
package struct FitJSON: Encodable {
  /// The time of reading and of fitting. Streamed rows are read during the fit.
  package struct Seconds: Encodable {
    let reading: Double
    let fitting: Double

    /// The seconds of reading and of fitting.
    package init(reading: Double, fitting: Double) {
      (self.reading, self.fitting) = (reading, fitting)
    }
  }

  let status: String
  let reason: String
  let method: String
  let steps: Int
  let epochs: Int
  let classes: [String]?
  /// The thresholds of ordered classes, ascending; absent for other families.
  let thresholds: [Double?]?
  let intercept: ByClass<Double?>
  let coefficients: ByClass<[String: Double?]>
  @OrNull var objective: Double?
  @OrNull var progressiveLoss: Double?
  @OrNull var validationLoss: Double?
  let rows: Int
  let droppedRows: Int
  let constantColumns: [String]
  /// How the table was read, where that is not plain, and doubts about it.
  let warnings: [String]
  let seconds: Seconds
  let inference: InferenceJSON
  @OrNull var path: PathJSON?

  /// Non-finite numbers, which only a diverged fit has, become null.
  package init(
    _ outcome: FitOutcome, _ data: RegressionData, _ inference: Inference, _ seconds: Seconds, path: PathJSON? = nil
  ) {
    self.seconds = seconds
    self.path = path
    self.inference = InferenceJSON(inference)
    status = outcome.statusName
    reason = outcome.reason
    method = outcome.method
    steps = outcome.steps
    epochs = outcome.epochs
    let predictors = outcome.predictors
    let isOrdinal = !outcome.thresholds.isEmpty
    classes = predictors.count > 1 || isOrdinal ? data.classes : nil
    thresholds = isOrdinal ? outcome.thresholds.map(\.ifFinite) : nil
    intercept = ByClass(predictors.map(\.intercept.ifFinite), classes: data.classes)
    coefficients = ByClass(
      predictors.map {
        Dictionary(uniqueKeysWithValues: zip(data.features.map(\.name), $0.coefficients.map(\.ifFinite)))
      }, classes: data.classes)
    objective = outcome.objective.ifFinite
    progressiveLoss = outcome.progressiveLoss?.ifFinite
    validationLoss = outcome.validationTrace.min()?.ifFinite
    rows = data.rowCount
    droppedRows = data.droppedCount
    constantColumns = data.constantColumns
    warnings = data.doubts
  }
}

/// The JSON of `fit --trace`: the objective at the start and after each epoch.
package struct TraceJSON: Encodable {
  let objective: [Double?]
  let validation: [Double?]

  /// The trace of `outcome`.
  package init(_ outcome: FitOutcome) {
    objective = outcome.trace.map(\.ifFinite)
    validation = outcome.validationTrace.map(\.ifFinite)
  }
}

extension FitOutcome {
  /// The name of the status.
  var statusName: String {
    switch status {
    case .converged: "converged"
    case .stopped: "stopped"
    case .diverged: "diverged"
    }
  }
}
