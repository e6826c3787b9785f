import EspalierLinearAlgebra

/// The fit of a layer's weights to some rows S of its input, with the ridge that is asked for or that cross-validation
/// chooses.
package struct SupportFit {
  private let rows: [Int]
  private let outputs: [Int]
  private let solution: LayerMoments.Solution
  /// `|| T - W'_S H_S - b' ||_F^2` over the samples of the fit.
  package let residual: Double
  /// The same on samples that have not determined the weights; `nil` without folds.
  package let heldOutResidual: Double?
  /// The residual of the weights as they are, and `|| T ||_F^2`.
  let unchanged: (residual: Double, energy: Double)
  /// The strength of the ridge; `nil` if weights stay as they are.
  package let strength: Double?

  /// With more rows than these, two folds tell the strength as well as four, in half of the time.
  private static let many = 1024

  /// A strength near to which most layers with few rows end.
  private static let usual = 1e-2

  /// The fit of `consumer` to `rows`; `nil` if its statistics hold no Gram matrix.
  ///
  /// The search for a strength begins at the one that is known for the layer, if any.
  ///
  /// - Parameter isRough: Whether the strength alone is wanted, for which two folds will do.
  package init?(_ consumer: SelectionProblem.Consumer, rows: [Int], ridge: Ridge, isRough: Bool = false) {
    let (weight, bias) = (consumer.weight, consumer.bias)
    // Outputs that are dropped already stay zero.
    let outputs = (0..<weight.rows).filter { bias?[$0] ?? 0 != 0 || weight.row($0).contains { $0 != 0 } }
    func moments(_ statistics: ActivationStatistics) -> LayerMoments? {
      LayerMoments(statistics, weight: weight, bias: bias, outputs: outputs, rows: rows)
    }
    guard let whole = moments(consumer.statistics) else { return nil }
    let prior = weight.taking(rows: outputs, columns: rows)
    let own = bias.map { bias in outputs.map { bias[$0] } }
    let parts = isRough || rows.count > Self.many ? consumer.statistics.halves : consumer.statistics.folds
    let folds = ridge.isChosenByFolds ? parts.compactMap(moments) : []
    var choice = CrossValidation.Choice.ridge(ridge.strength)
    if folds.count > 1 {
      let validation = CrossValidation(
        whole, folds: folds, prior: prior, bias: own,
        start: consumer.ridgeStrength ?? (isRough ? Self.usual : ridge.strength),
        isRough: isRough)
      (choice, heldOutResidual) = (validation.choice, validation.error)
    } else {
      heldOutResidual = nil
    }
    switch choice {
    case .ridge(let chosen): (solution, strength) = (whole.solution(chosen, prior: prior), chosen)
    case .bias: (solution, strength) = (whole.keeping(prior), nil)
    case .unchanged: (solution, strength) = (.init(weight: prior, bias: own), nil)
    }
    residual = whole.error(of: solution)
    unchanged = (whole.error(of: .init(weight: prior, bias: own)), whole.targetEnergy)
    (self.rows, self.outputs) = (rows, outputs)
  }

  /// The weights over all rows of H, zero outside of S, and the bias.
  package func extended(from consumer: SelectionProblem.Consumer) -> (weight: Matrix, bias: [Double]?) {
    var weight = Matrix(rows: consumer.weight.rows, columns: consumer.weight.columns)
    var bias = consumer.bias
    for (position, output) in outputs.enumerated() {
      for (column, row) in rows.enumerated() { weight[output, row] = solution.weight[position, column] }
      if let new = solution.bias { bias?[output] = new[position] }
    }
    return (weight, bias)
  }
}

extension ActivationStatistics {
  /// The folds joined to two.
  fileprivate var halves: [ActivationStatistics] {
    guard folds.count > 2 else { return folds }
    let middle = folds.count / 2
    return [folds[..<middle], folds[middle...]].map { part in part.dropFirst().reduce(part.first!, +) }
  }
}
