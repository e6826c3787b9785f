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
    /// Two or more ordered classes, by thresholds of one linear predictor.
    case ordinal
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
    /// Positive numbers whose variance increases with the cube of their mean.
    case inverseGaussian = "inverse-gaussian"
    /// Amounts that may be 0, whose variance is a power of their mean.
    case tweedie
    /// Counts and rates, with a dispersion to be estimated.
    case quasiPoisson = "quasi-poisson"
    /// Two classes or shares, with a dispersion to be estimated.
    case quasiBinomial = "quasi-binomial"

    /// Whether each class has its own linear predictor.
    package var hasPredictorOfEachClass: Bool { self == .multinomial }

    /// Whether each class has its own probability, as of two classes only the second has.
    package var hasProbabilityOfEachClass: Bool { self == .multinomial || hasThresholds }

    /// Whether the classes have an order, and thresholds of one predictor between them.
    package var hasThresholds: Bool { self == .ordinal }
  }

  /// The name.
  package let name: Name
  /// The parameter: the dispersion of the negative binomial family, the threshold of Huber's loss, the quantile, or the
  /// power of Tweedie's variance.
  package let parameter: Double?
  /// The link, if it is not the family's usual one.
  private let otherLink: Link?

  private enum CodingKeys: String, CodingKey {
    case name, parameter
    case otherLink = "link"
  }

  /// A family; `nil` takes the default of the parameter (dispersion 1, threshold 1.345, quantile 0.5, power 1.5), or
  /// the usual link.
  /// - Throws: `EspalierError` if the parameter is out of range, or the family has no such link.
  package init(_ name: Name, parameter: Double? = nil, link: Link? = nil) throws(EspalierError) {
    self.name = name
    if let link, !name.links.contains(link) {
      throw EspalierError(
        .argument, "family \(name.rawValue)", "has no link \(link.rawValue)",
        remedy: "its links are \(name.links.map(\.rawValue).joined(separator: ", "))")
    }
    otherLink = link == name.links[0] ? nil : link
    switch name {
    case .tweedie: self.parameter = parameter ?? 1.5
    case .negativeBinomial: self.parameter = parameter ?? 1
    case .huber: self.parameter = parameter ?? 1.345
    case .quantile: self.parameter = parameter ?? 0.5
    default: self.parameter = nil
    }
    if let value = self.parameter {
      guard value.isFinite, value > 0, name != .quantile || value < 1, name != .tweedie || 1...10 ~= value else {
        throw EspalierError(.argument, "family \(name.rawValue)", "its parameter cannot be \(value)")
      }
    }
  }

  /// The loss of the only linear predictor; `nil` if each class has its own, or thresholds of it.
  package var predictorLoss: (any Loss)? {
    switch (name, activeLink) {
    case (.gaussian, .identity): SquaredLoss()
    case (.gaussian, let link): LinkedLoss(.gaussian, link: link)
    case (.poisson, .log), (.quasiPoisson, .log): PoissonLoss()
    case (.poisson, let link), (.quasiPoisson, let link): LinkedLoss(.poisson, link: link)
    case (.binomial, .logit), (.quasiBinomial, .logit): LogisticLoss()
    case (.binomial, let link), (.quasiBinomial, let link): BinomialLinkLoss(link: link)
    case (.multinomial, _), (.ordinal, _): nil
    case (.gamma, .log): GammaLoss()
    case (.gamma, let link): LinkedLoss(.gamma, link: link)
    case (.inverseGaussian, let link): LinkedLoss(.inverseGaussian, link: link)
    case (.tweedie, _): tweedieLoss
    case (.negativeBinomial, .log): NegativeBinomialLoss(dispersion: parameter ?? 1)
    case (.negativeBinomial, let link): LinkedLoss(.negativeBinomial(dispersion: parameter ?? 1), link: link)
    case (.huber, _): HuberLoss(threshold: parameter ?? 1.345)
    case (.quantile, _): QuantileLoss(quantile: parameter ?? 0.5)
    case (.hinge, _): HingeLoss()
    case (.squaredHinge, _): SquaredHingeLoss()
    }
  }

  /// Of the powers 1 and 2, the losses of Poisson's and of the Gamma distribution.
  private var tweedieLoss: any Loss {
    switch parameter ?? 1.5 {
    case 1: PoissonLoss()
    case 2: GammaLoss()
    case let power: TweedieLoss(power: power)
    }
  }

  /// The loss to be averaged; `classes` is the number of classes if each has a probability.
  func loss(classes: Int) -> any FamilyLoss {
    if let loss = predictorLoss { return PredictorLoss(loss: loss) }
    if let loss = ordinalLoss(classes: classes) { return loss }
    return MultinomialLogisticLoss(classes: classes)
  }

  /// The loss of ordered classes; `nil` for other families.
  func ordinalLoss(classes: Int) -> OrdinalLoss? {
    hasThresholds ? OrdinalLoss(link: activeLink, classes: classes) : nil
  }

  /// Whether each class has its own linear predictor.
  package var hasPredictorOfEachClass: Bool { name.hasPredictorOfEachClass }

  /// Whether each class has its own probability, as of two classes only the second has.
  package var hasProbabilityOfEachClass: Bool { name.hasProbabilityOfEachClass }

  /// Whether the classes have an order, and thresholds of one predictor between them.
  package var hasThresholds: Bool { name.hasThresholds }

  /// The kind of the target's values.
  package var targetKind: TargetKind {
    switch name {
    case .binomial, .quasiBinomial, .hinge, .squaredHinge: .binary
    case .multinomial: .classes
    case .ordinal: .orderedClasses
    default: .number
    }
  }

  /// The link between linear predictor and mean.
  package var activeLink: Link { otherLink ?? name.links[0] }

  /// The name of the link.
  package var link: String { activeLink.rawValue }

  /// Whether the linear predictor is the logarithm of the mean, so that an exposure multiplies it.
  package var hasLogarithmicLink: Bool { activeLink == .log }

  /// Whether the curvature of the loss is constant, or bounded by its value at 0.
  package var hasConstantCurvature: Bool {
    switch name {
    case .gaussian, .huber, .squaredHinge: activeLink == .identity
    case .binomial, .quasiBinomial: activeLink == .logit
    default: false
    }
  }

  /// Whether a predictor of 0 is halfway between two classes.
  package var halvesAtZero: Bool { hasSignedClasses || [.logit, .probit, .cauchit].contains(activeLink) }

  /// Whether stochastic steps apply to the loss: it is convex, and finite for all predictors.
  package var takesStochasticSteps: Bool {
    guard let loss = predictorLoss else { return name == .multinomial }
    return loss.isConvex && loss.domain == .everywhere
  }

  /// Whether the loss takes -1 and 1 for the classes, not 0 and 1.
  package var hasSignedClasses: Bool { name == .hinge || name == .squaredHinge }
}

extension Family.Name {
  /// The links of the family, the usual one first.
  package var links: [Link] {
    switch self {
    case .gaussian: [.identity, .log, .inverse, .squareRoot]
    case .poisson, .quasiPoisson, .negativeBinomial: [.log, .identity, .squareRoot]
    case .binomial, .quasiBinomial: [.logit, .probit, .complementaryLogLog, .cauchit, .log, .identity]
    case .multinomial: [.softmax]
    case .ordinal: OrdinalLoss.links
    case .gamma: [.log, .inverse, .identity]
    case .inverseGaussian: [.inverseSquared, .log, .inverse, .identity]
    case .tweedie: [.log]
    case .huber, .quantile, .hinge, .squaredHinge: [.identity]
    }
  }

  /// Whether the parameter of the family can be chosen.
  package var hasParameter: Bool { [.negativeBinomial, .huber, .quantile, .tweedie].contains(self) }
}
