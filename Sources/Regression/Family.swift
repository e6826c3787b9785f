import EspalierFiles
import EspalierProximalPoint
import EspalierTables

/// The distribution of the target and its link to a linear predictor: loss, link and prediction.
package struct Family: Hashable, Codable, Sendable {
  /// The names of the families.
  package enum Name: String, CaseIterable, Codable, Sendable {
    /// Numbers, by least squares.
    case gaussian
    /// Counts and rates.
    case poisson
    /// Two classes, or shares, by their log odds.
    case binomial
    /// Two or more classes, each with its own linear predictor.
    case multinomial
    /// Positive numbers whose deviation increases with their mean.
    case gamma
    /// Counts with more variance than Poisson's.
    case negativeBinomial = "negative-binomial"
    /// Numbers with outliers.
    case huber
    /// A quantile of numbers.
    case quantile
    /// Two classes, by the margin (support vector machine).
    case hinge
    /// Two classes, by the squared margin.
    case squaredHinge = "squared-hinge"

    /// Whether each class has its own linear predictor.
    package var hasPredictorOfEachClass: Bool { self == .multinomial }

    /// Whether the linear predictor is the logarithm of the mean, so that an exposure multiplies it.
    package var hasLogarithmicLink: Bool { [.poisson, .gamma, .negativeBinomial].contains(self) }
  }

  /// The name.
  package let name: Name
  /// The parameter: the dispersion of the negative binomial family, the threshold of Huber's loss, or the quantile.
  package let parameter: Double?

  /// A family; `nil` takes the default of the parameter: dispersion 1, threshold 1.345, quantile 0.5.
  /// - Throws: `EspalierError` if the parameter is out of range.
  package init(_ name: Name, parameter: Double? = nil) throws(EspalierError) {
    self.name = name
    switch name {
    case .negativeBinomial: self.parameter = parameter ?? 1
    case .huber: self.parameter = parameter ?? 1.345
    case .quantile: self.parameter = parameter ?? 0.5
    default: self.parameter = nil
    }
    if let value = self.parameter {
      guard value.isFinite, value > 0, name != .quantile || value < 1 else {
        throw EspalierError(.argument, "family \(name.rawValue)", "its parameter cannot be \(value)")
      }
    }
  }

  /// The loss of the only linear predictor; `nil` if each class has its own.
  package var predictorLoss: (any Loss)? {
    switch name {
    case .gaussian: SquaredLoss()
    case .poisson: PoissonLoss()
    case .binomial: LogisticLoss()
    case .multinomial: nil
    case .gamma: GammaLoss()
    case .negativeBinomial: NegativeBinomialLoss(dispersion: parameter ?? 1)
    case .huber: HuberLoss(threshold: parameter ?? 1.345)
    case .quantile: QuantileLoss(quantile: parameter ?? 0.5)
    case .hinge: HingeLoss()
    case .squaredHinge: SquaredHingeLoss()
    }
  }

  /// The loss to be averaged; `classes` is the number of classes if each has a predictor.
  func loss(classes: Int) -> any FamilyLoss {
    predictorLoss.map(PredictorLoss.init) ?? MultinomialLogisticLoss(classes: classes)
  }

  /// Whether each class has its own linear predictor.
  package var hasPredictorOfEachClass: Bool { name.hasPredictorOfEachClass }

  /// The kind of the target's values.
  package var targetKind: TargetKind {
    switch name {
    case .binomial, .hinge, .squaredHinge: .binary
    case .multinomial: .classes
    default: .number
    }
  }

  /// The link between linear predictor and mean.
  package var link: String {
    switch name {
    case _ where name.hasLogarithmicLink: "log"
    case .binomial: "logit"
    case .multinomial: "softmax"
    default: "identity"
    }
  }

  /// Whether the curvature of the loss is constant, or bounded by its value at 0.
  package var hasConstantCurvature: Bool {
    switch name {
    case .gaussian, .binomial, .huber, .squaredHinge: true
    default: false
    }
  }

  /// Whether the loss takes -1 and 1 for the classes, not 0 and 1.
  var hasSignedClasses: Bool { name == .hinge || name == .squaredHinge }
}
