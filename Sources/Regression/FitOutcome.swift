import EspalierProximalPoint

/// How a fit ended, and what it found.
package struct FitOutcome: Sendable {
  /// How it ended.
  package let status: Minimization.Status
  /// Why, in words.
  package let reason: String
  /// What was done, in words.
  package let method: String
  /// How many steps were taken.
  package let steps: Int
  /// How many passes over the data were taken.
  package let epochs: Int
  /// The linear predictor, or that of each class in order, for features as they are in the file.
  package let predictors: [LinearPredictor]
  /// The average loss and the regulariser at the solution.
  package let objective: Double
  /// The objective at the start and after each epoch.
  package let trace: [Double]
  /// The loss of the held-out rows after each epoch; empty where none are.
  package let validationTrace: [Double]
  /// The average loss of the first pass, each example predicted before it is learnt from; `nil` if it was not asked for.
  package let progressiveLoss: Double?
  /// The names of the coefficients that grow without bound, because there is no finite optimum; empty where there is
  /// one.
  package let unbounded: [String]

  /// Whether the iterates left the neighbourhood of any solution.
  package var hasDiverged: Bool {
    if case .diverged = status { true } else { false }
  }
}
