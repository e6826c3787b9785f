import EspalierProximalPoint
import Foundation

extension EvaluatedRows {
  /// The measures over some rows, at least one.
  func measures(_ rows: [Int]) -> ModelMeasures {
    let total = rows.reduce(0) { $0 + weights[$1] }
    let (loss, deviance, null) = model.family.predictorLoss.map { losses(rows, $0) } ?? classLosses(rows)
    return ModelMeasures(
      rowCount: rows.count, loss: loss, deviance: total * deviance, nullDeviance: total * null,
      classes: model.classes == nil ? nil : classMeasures(rows, loss),
      numbers: model.classes == nil ? numberMeasures(rows) : nil)
  }

  /// The average loss of a predictor, and the average deviances of the model and of the best constant.
  private func losses(_ rows: [Int], _ loss: any Loss) -> (loss: Double, deviance: Double, null: Double) {
    func losses(_ loss: some Loss) -> (loss: Double, deviance: Double, null: Double) {
      let least = mean(rows) { loss.minimum(targets[$0]) }
      let value = mean(rows) { loss.value(predictors[$0], targets[$0]) }
      let constant = bestConstant(rows, loss)
      let null = mean(rows) { loss.value(constant + offsets[$0], targets[$0]) }
      // Certain outcomes alone: the best constant is at infinity, and explains all.
      let isCertain = model.family.link != "identity" && abs(constant) > 600
      return (value, max(0, 2 * (value - least)), isCertain ? 0 : max(0, 2 * (null - least)))
    }
    return losses(loss)
  }

  /// The constant that minimises the average loss beside the offsets, by bisection of the derivative, which increases;
  /// a large one if the infimum is at infinity.
  ///
  /// Complexity: at most 100 passes and as many as double 1 to its size.
  private func bestConstant(_ rows: [Int], _ loss: some Loss) -> Double {
    func slope(_ constant: Double) -> Double {
      mean(rows) { loss.derivative(constant + offsets[$0], targets[$0]) }
    }
    var (low, high) = (-1.0, 1.0)
    // Beyond e^+-700 nothing changes for losses of exponentials.
    let limit = model.family.link == "identity" ? 1e300 : 700
    while slope(low) > 0, low > -limit { low *= 2 }
    while slope(high) < 0, high < limit { high *= 2 }
    for _ in 0..<100 {
      let middle = 0.5 * (low + high)
      guard middle > low, middle < high else { break }
      if slope(middle) > 0 { high = middle } else { low = middle }
    }
    return 0.5 * (low + high)
  }

  private func classLosses(_ rows: [Int]) -> (loss: Double, deviance: Double, null: Double) {
    let value = mean(rows) { model.loss(predictors($0), class: Int(targets[$0])) }
    var shares = [Double](repeating: 0, count: classCount)
    let total = rows.reduce(0) { $0 + weights[$1] }
    for row in rows { shares[Int(targets[row])] += weights[row] / total }
    return (value, 2 * value, -2 * shares.reduce(0) { $1 > 0 ? $0 + $1 * log($1) : $0 })
  }

  private func numberMeasures(_ rows: [Int]) -> NumberMeasures {
    let loss = model.family.predictorLoss
    let average = mean(rows) { targets[$0] }
    let spread = mean(rows) { (targets[$0] - average) * (targets[$0] - average) }
    func error(_ row: Int) -> Double { (loss?.mean(predictors[row]) ?? 0) - targets[row] }
    let square = mean(rows) { error($0) * error($0) }
    return NumberMeasures(
      r2: spread > 0 ? 1 - square / spread : nil, rmse: square.squareRoot(), mae: mean(rows) { abs(error($0)) },
      bias: mean(rows, error))
  }

  private var classCount: Int { model.classes?.count ?? 2 }

  private func means(_ row: Int) -> [Double] { Prediction(predictors(row), model).means }

  private func classMeasures(_ rows: [Int], _ loss: Double) -> ClassMeasures {
    model.family.hasProbabilityOfEachClass ? severalClassMeasures(rows, loss) : twoClassMeasures(rows, loss)
  }

  /// Of two classes, targets between them are shares: a row counts for both.
  private func twoClassMeasures(_ rows: [Int], _ loss: Double) -> ClassMeasures {
    func share(_ row: Int) -> Double {
      model.family.hasSignedClasses ? 0.5 * (1 + targets[row]) : targets[row]
    }
    var measures = ClassMeasures(
      accuracy: mean(rows) {
        Prediction(predictors($0), model).class == model.classes?.last ? share($0) : 1 - share($0)
      },
      auc: RankedScores.area(
        rows.map { (predictors[$0], weights[$0] * share($0), weights[$0] * (1 - share($0))) }))
    guard !model.family.hasSignedClasses else { return measures }
    let cases = rows.map { (probability: means($0)[0], outcome: share($0), weight: weights[$0]) }
    measures.logLoss = loss
    measures.brier =
      cases.reduce(0) { $0 + $1.weight * ($1.probability - $1.outcome) * ($1.probability - $1.outcome) }
      / cases.reduce(0) { $0 + $1.weight }
    measures.calibration = Calibration(cases)
    return measures
  }

  private func severalClassMeasures(_ rows: [Int], _ loss: Double) -> ClassMeasures {
    let shares = rows.map(means)
    let likeliest = shares.map { shares in shares.indices.reduce(0) { shares[$1] > shares[$0] ? $1 : $0 } }
    let isRight = zip(rows, likeliest).map { Double($1) == targets[$0] }
    let places = Array(rows.indices)
    func mean(_ value: (Int) -> Double) -> Double {
      let total = rows.reduce(0) { $0 + weights[$1] }
      return places.reduce(0) { $0 + weights[rows[$1]] * value($1) } / total
    }
    let areas = (0..<classCount).compactMap { k in
      RankedScores.area(
        places.map { place in
          let (own, weight) = (targets[rows[place]] == Double(k), weights[rows[place]])
          return (shares[place][k], own ? weight : 0, own ? 0 : weight)
        })
    }
    return ClassMeasures(
      accuracy: mean { isRight[$0] ? 1 : 0 }, auc: areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count),
      logLoss: loss,
      brier: mean { place in
        (0..<classCount).reduce(0) { sum, k in
          let error = shares[place][k] - (targets[rows[place]] == Double(k) ? 1 : 0)
          return sum + error * error
        }
      },
      calibration: Calibration(
        places.map { (shares[$0][likeliest[$0]], isRight[$0] ? 1 : 0, weights[rows[$0]]) }))
  }
}
