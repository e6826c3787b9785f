import Regression

/// The JSON of `fit`.
struct FitJSON: Encodable {
  /// Where the time went. Streamed rows are read while they are fitted.
  struct Seconds: Encodable {
    let reading: Double
    let fitting: Double
  }

  let status: String
  let reason: String
  let method: String
  let steps: Int
  let epochs: Int
  let intercept: Double?
  let coefficients: [String: Double?]
  let objective: Double?
  let progressiveLoss: Double?
  let validationLoss: Double?
  let rows: Int
  let droppedRows: Int
  let constantColumns: [String]
  let seconds: Seconds

  /// Numbers that are not finite, which only a diverged fit has, become null.
  init(_ outcome: FitOutcome, _ data: RegressionData, _ seconds: Seconds) {
    self.seconds = seconds
    status = outcome.statusName
    reason = outcome.reason
    method = outcome.method
    steps = outcome.steps
    epochs = outcome.epochs
    intercept = outcome.intercept.finite
    coefficients = Dictionary(
      uniqueKeysWithValues: zip(data.features.map(\.name), outcome.coefficients.map(\.finite)))
    objective = outcome.objective.finite
    progressiveLoss = outcome.progressiveLoss?.finite
    validationLoss = outcome.validationTrace.min()?.finite
    rows = data.rowCount
    droppedRows = data.droppedCount
    constantColumns = data.constantColumns
  }
}

/// The JSON of `fit --trace`: the objective at the start and after each epoch.
struct TraceJSON: Encodable {
  let objective: [Double?]
  let validation: [Double?]

  init(_ outcome: FitOutcome) {
    objective = outcome.trace.map(\.finite)
    validation = outcome.validationTrace.map(\.finite)
  }
}

extension FitOutcome {
  /// The word for how it ended.
  var statusName: String {
    switch status {
    case .converged: "converged"
    case .stopped: "stopped"
    case .diverged: "diverged"
    }
  }
}

extension Double {
  /// The number itself if it is finite.
  fileprivate var finite: Double? { isFinite ? self : nil }
}
