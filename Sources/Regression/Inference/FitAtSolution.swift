import EspalierProximalPoint

/// A fitted model on a block of rows: the terms of its loss.
struct FitAtSolution {
  /// The loss of the only predictor; `nil` if each class has its own, or thresholds of it.
  let loss: (any Loss)?
  /// The density of the errors at 0, the expectation of the second derivative of the quantile loss.
  var density: Double?
  /// The model of ordered classes; `nil` for other families.
  let ordinal: OrdinalAtSolution?
  private let classes: Int
  private let solution: [[Double]]

  /// The model of an outcome, in coordinates of the rows.
  init(_ fit: Fit, _ outcome: FitOutcome, _ coordinates: CentredCoordinates) {
    loss = fit.family.predictorLoss
    classes = fit.classes
    solution = outcome.predictors.map(coordinates.coordinates)
    ordinal = fit.family.ordinalLoss(classes: fit.classes).map {
      OrdinalAtSolution($0, outcome.predictors[0], thresholds: outcome.thresholds, coordinates)
    }
  }

  /// The derivatives of each row.
  func terms(_ examples: TableExamples) -> RowTerms {
    let (targets, weights) = (examples.targets, examples.weights)
    guard let loss else { return RowTerms(shares: shares(examples), targets: targets, weights: weights) }
    func terms(_ loss: some Loss) -> RowTerms {
      RowTerms(loss, examples.predictors(solution[0]), targets: targets, weights: weights, density: density)
    }
    return terms(loss)
  }

  /// The linear predictor of each row, for a loss of one.
  func predictors(_ examples: TableExamples) -> [Double] { examples.predictors(solution[0]) }

  /// The probabilities of the classes, class by class.
  func shares(_ examples: TableExamples) -> [[Double]] {
    if let ordinal { return ordinal.shares(examples) }
    return MultinomialLogisticLoss(classes: classes).shares(solution.map(examples.predictors))
  }
}
