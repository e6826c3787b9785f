import EspalierProximalPoint

/// A model's prediction for a row.
package struct Prediction: Hashable, Sendable {
  /// For one linear predictor the mean: the expected count or amount, the probability of the second class, or for
  /// margins the predictor itself. If each class has a probability, these in the order of the model's classes.
  package let means: [Double]
  /// The most likely class, the first if several are equally likely; `nil` for a model without classes.
  package let `class`: String?

  /// The prediction from linear predictors.
  init(_ linear: [Double], _ model: FittedModel) {
    if let loss = model.family.predictorLoss {
      // A predictor outside of the link's domain has no mean.
      means = [loss.domain.contains(linear[0]) ? loss.mean(linear[0]) : .nan]
      // A mean above 1/2, which for most links, and for margins, is a positive predictor.
      let isLikely = model.family.halvesAtZero ? linear[0] > 0 : means[0] > 0.5
      self.class = model.classes.flatMap { $0.count == 2 ? $0[isLikely ? 1 : 0] : nil }
      return
    }
    let shares = model.shares(linear)
    means = shares
    let likeliest = shares.indices.reduce(0) { shares[$1] > shares[$0] ? $1 : $0 }
    self.class = model.classes?[likeliest]
  }
}

extension FittedModel {
  /// The loss of ordered classes; `nil` for other families.
  var ordinalLoss: OrdinalLoss? { family.ordinalLoss(classes: classes?.count ?? 2) }

  /// The probabilities of the classes, for a family in which each has one.
  func shares(_ linear: [Double]) -> [Double] {
    if let loss = ordinalLoss, let thresholds { return loss.shares(linear[0], thresholds: thresholds) }
    var shares = linear
    MultinomialLogisticLoss(classes: linear.count).shares(linear, into: &shares)
    return shares
  }

  /// The loss `-log p` of a row of this class.
  func loss(_ linear: [Double], class own: Int) -> Double {
    if let loss = ordinalLoss, let thresholds { return loss.value(linear[0], own, thresholds: thresholds) }
    return MultinomialLogisticLoss(classes: linear.count).value(linear, own)
  }
}
