import EspalierProximalPoint

/// What a model says of a row.
package struct Prediction: Hashable, Sendable {
  /// Of one linear predictor the mean: the expected count or amount, the probability of the second class, for margins the predictor
  /// itself. Where each class has a predictor, its probability, in the order of the model's classes.
  package let means: [Double]
  /// The more likely class, of equals the first; `nil` where the model knows no classes.
  package let `class`: String?

  /// What a model says of linear predictors.
  init(_ linear: [Double], _ model: FittedModel) {
    if let loss = model.family.predictorLoss {
      means = [loss.mean(linear[0])]
      self.class = model.classes.flatMap { $0.count == 2 ? $0[linear[0] > 0 ? 1 : 0] : nil }
      return
    }
    var shares = linear
    MultinomialLogisticLoss(classes: linear.count).shares(linear, into: &shares)
    means = shares
    let likeliest = shares.indices.reduce(0) { shares[$1] > shares[$0] ? $1 : $0 }
    self.class = model.classes?[likeliest]
  }
}
