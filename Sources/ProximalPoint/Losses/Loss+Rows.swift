/// Functions of many rows at once, whose loops are compiled for each loss.
extension Loss {
  /// Row by row.
  package func total(_ predictors: [Double], _ targets: [Double], weights: [Double]?) -> Double {
    precondition(predictors.count == targets.count)
    var sum = 0.0
    for row in predictors.indices { sum += (weights?[row] ?? 1) * value(predictors[row], targets[row]) }
    return sum
  }

  /// Row by row.
  package func derivatives(_ predictors: [Double], _ targets: [Double]) -> [Double] {
    precondition(predictors.count == targets.count)
    return predictors.indices.map { derivative(predictors[$0], targets[$0]) }
  }

  /// Row by row.
  package func curvatures(_ predictors: [Double], _ targets: [Double]) -> [Double] {
    precondition(predictors.count == targets.count)
    return predictors.indices.map { curvature(predictors[$0], targets[$0]) }
  }
}
