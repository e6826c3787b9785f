import ProximalPoint

/// How a fit ended, and what it found.
public struct FitOutcome: Sendable {
  /// How it ended.
  public let status: Minimization.Status
  /// Why, in words.
  public let reason: String
  /// What was done, in words.
  public let method: String
  /// How many steps were taken.
  public let steps: Int
  /// How many passes over the data were taken.
  public let epochs: Int
  /// The linear predictor, or that of each class in order, for features as they are in the file.
  public let predictors: [LinearPredictor]
  /// The average loss and the regulariser at the solution.
  public let objective: Double
  /// The objective at the start and after each epoch.
  public let trace: [Double]
  /// The loss of the held-out rows after each epoch; empty where none are.
  public let validationTrace: [Double]
  /// The average loss of the first pass, each example predicted before it is learnt from; `nil` if it was not asked for.
  public let progressiveLoss: Double?
  /// The names of the coefficients that grow without bound, because there is no finite optimum; empty where there is
  /// one.
  public let unbounded: [String]

  /// Whether the iterates left the neighbourhood of any solution.
  public var hasDiverged: Bool {
    if case .diverged = status { true } else { false }
  }
}
