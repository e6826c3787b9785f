/// How well a model predicts rows, weighted: measures of every family, of classes, and of numbers.
package struct ModelMeasures: Hashable, Sendable {
  /// The number of rows of a positive weight.
  package var rowCount: Int
  /// The average loss, as `fit` minimises it, without a regulariser.
  package var loss: Double
  /// Twice the sum of the losses above those of perfect predictions.
  package var deviance: Double
  /// The deviance of the best constant predictor beside the offsets, for these rows.
  package var nullDeviance: Double
  /// The measures of classes; `nil` for numbers.
  package var classes: ClassMeasures?
  /// The measures of numbers; `nil` for classes.
  package var numbers: NumberMeasures?

  /// The explained share of the deviance, `1 - deviance / null deviance`; negative for a model that is worse than a
  /// constant, `nil` if there is nothing to explain.
  package var explained: Double? { nullDeviance > 0 ? 1 - deviance / nullDeviance : nil }
}

/// Measures of predicted classes.
package struct ClassMeasures: Hashable, Sendable {
  /// The share of rows whose likeliest class is theirs.
  package var accuracy: Double
  /// The area under the receiver operating characteristic; of several classes, the mean over those of each against the
  /// others. `nil` if there is one class alone.
  package var auc: Double?
  /// The mean of `-log p` of the rows' classes; `nil` for a model without probabilities.
  package var logLoss: Double?
  /// Brier's score: the mean square of probability minus outcome, of several classes summed over them; `nil` for a
  /// model without probabilities.
  package var brier: Double?
  /// Probabilities beside outcomes: of the second of two classes, of several that of the likeliest; `nil` for a model
  /// without probabilities.
  package var calibration: Calibration?
}

/// Measures of predicted numbers.
package struct NumberMeasures: Hashable, Sendable {
  /// `1 - sum (b - prediction)^2 / sum (b - mean)^2`; `nil` for targets that are all the same.
  package var r2: Double?
  /// The root of the mean square of the errors.
  package var rmse: Double
  /// The mean size of the errors.
  package var mae: Double
  /// The mean prediction minus the mean target.
  package var bias: Double
}
