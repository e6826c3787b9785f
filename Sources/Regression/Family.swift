import EspalierFiles
import EspalierProximalPoint
import EspalierTables

/// What a target is, and how a linear predictor explains it: the loss, the link, and what a prediction is.
package struct Family: Hashable, Codable, Sendable {
  /// The names of the families.
  package enum Name: String, CaseIterable, Codable, Sendable {
    /// Numbers, by least squares.
    case gaussian
    /// Counts and rates.
    case poisson
    /// Two classes, or shares, by their log odds.
    case binomial
    /// Two classes or more, each by a linear predictor of its own.
    case multinomial
    /// Positive numbers whose deviation grows with their mean.
    case gamma
    /// Counts that vary more than Poisson's.
    case negativeBinomial = "negative-binomial"
    /// Numbers with outliers.
    case huber
    /// A quantile of numbers.
    case quantile
    /// Two classes, by the margin (support vector machine).
    case hinge
    /// Two classes, by the squared margin.
    case squaredHinge = "squared-hinge"

    /// Whether each class has a linear predictor of its own.
    package var hasPredictorOfEachClass: Bool { self == .multinomial }

    /// Whether the linear predictor is the logarithm of the mean, so that an exposure multiplies it.
    package var hasLogarithmicLink: Bool { [.poisson, .gamma, .negativeBinomial].contains(self) }
  }

  /// The name.
  package let name: Name
  /// Its parameter: the dispersion of the negative binomial family, Huber's threshold, or which quantile.
  package let parameter: Double?

  /// A family; `nil` takes the parameter's default: dispersion 1, threshold 1.345, quantile 0.5.
  /// - Throws: `EspalierError` where the parameter cannot be.
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

  /// The loss of the one linear predictor; `nil` of a family that has one for each class.
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

  /// The loss whose average is minimised; `classes` counts the target's, where each has a predictor.
  func loss(classes: Int) -> any FamilyLoss {
    predictorLoss.map(PredictorLoss.init) ?? MultinomialLogisticLoss(classes: classes)
  }

  /// Whether each class has a linear predictor of its own.
  package var hasPredictorOfEachClass: Bool { name.hasPredictorOfEachClass }

  /// What the target's values are.
  package var targetKind: TargetKind {
    switch name {
    case .binomial, .hinge, .squaredHinge: .binary
    case .multinomial: .classes
    default: .number
    }
  }

  /// How the mean follows from the linear predictor.
  package var link: String {
    switch name {
    case _ where name.hasLogarithmicLink: "log"
    case .binomial: "logit"
    case .multinomial: "softmax"
    default: "identity"
    }
  }

  /// Whether the curvature of the loss is the same everywhere, or has a bound that it reaches at 0.
  package var hasConstantCurvature: Bool {
    switch name {
    case .gaussian, .binomial, .huber, .squaredHinge: true
    default: false
    }
  }

  /// Whether classes are -1 and 1 for the loss, not 0 and 1.
  var hasSignedClasses: Bool { name == .hinge || name == .squaredHinge }
}
