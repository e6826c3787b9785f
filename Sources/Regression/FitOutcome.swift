import EspalierProximalPoint

/// The result of a fit.
package struct FitOutcome: Sendable {
  /// The status at the end.
  package let status: Minimization.Status
  /// The reason for the status, in words.
  package let reason: String
  /// The methods used, in words.
  package let method: String
  /// The number of steps taken.
  package let steps: Int
  /// The number of passes over the data.
  package let epochs: Int
  /// The linear predictor, or one for each class in order, for the features as they are in the file.
  package let predictors: [LinearPredictor]
  /// The thresholds of ordered classes, ascending, one less than there are classes; empty for other families.
  package var thresholds: [Double] = []
  /// The objective at the solution: the average loss plus the regulariser.
  package let objective: Double
  /// The objective at the start and after each epoch.
  package let trace: [Double]
  /// The loss of the held-out rows after each epoch; empty without held-out rows.
  package let validationTrace: [Double]
  /// The average loss of the first pass, each example predicted before its step; `nil` if not measured.
  package let progressiveLoss: Double?
  /// The names of the coefficients that grow without bound; empty if there is a finite optimum.
  package let unbounded: [String]

  /// Whether the fit diverged.
  package var hasDiverged: Bool {
    if case .diverged = status { true } else { false }
  }
}
