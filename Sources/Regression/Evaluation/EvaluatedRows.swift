import EspalierFiles
import EspalierProximalPoint
import EspalierTables

/// The linear predictors of rows, with targets, weights, offsets and groups: all that measures of a model need.
struct EvaluatedRows {
  let model: FittedModel
  /// The linear predictors, offsets included, row by row: one, or one for each class.
  private(set) var predictors: [Double] = []
  /// The targets; of losses by the margin -1 and 1.
  private(set) var targets: [Double] = []
  private(set) var weights: [Double] = []
  private(set) var offsets: [Double] = []
  private(set) var groups: [Int] = []
  /// The number of linear predictors of a row.
  let width: Int

  /// No rows.
  init(_ model: FittedModel) {
    self.model = model
    width = model.family.hasPredictorOfEachClass ? model.classes?.count ?? 2 : 1
  }

  /// The number of rows.
  var count: Int { targets.count }

  /// Appends rows.
  /// - Throws: `EspalierError` if the family does not accept a target, or a linear predictor is not finite.
  mutating func append(_ rows: Rows, _ predictor: Predictor) throws(EspalierError) {
    for row in 0..<rows.count {
      let target = model.family.hasSignedClasses ? 2 * rows.targets[row] - 1 : rows.targets[row]
      if let loss = model.family.predictorLoss, !loss.accepts(target: target) {
        throw EspalierError(
          .data, "row \(count + 1) of the data", "its target \(target) is not \(loss.targets), as the model needs",
          remedy: model.family.targetKind == .binary
            ? "of successes in trials, name a column of shares (--target) and that of trials (--weights)" : nil)
      }
      let linear = predictor.linear(rows, row)
      let weight = rows.weights.isEmpty ? 1 : rows.weights[row]
      guard weight == 0 || linear.allSatisfy(\.isFinite) else {
        throw EspalierError(
          .data, "row \(count + 1) of the data", "has numbers so large that the model's prediction is not finite",
          remedy: "leave the row out")
      }
      predictors += linear
      targets.append(target)
      weights.append(weight)
      offsets.append(rows.offsets.isEmpty ? 0 : rows.offsets[row])
      groups.append(rows.clusters.isEmpty ? 0 : rows.clusters[row])
    }
  }

  /// The rows of a positive weight in a group, or in all.
  func positions(group: Int? = nil) -> [Int] {
    targets.indices.filter { weights[$0] > 0 && (group == nil || groups[$0] == group) }
  }

  /// The linear predictors of a row.
  func predictors(_ row: Int) -> [Double] { Array(predictors[row * width..<(row + 1) * width]) }

  /// The weighted mean over rows.
  func mean(_ rows: [Int], _ value: (Int) -> Double) -> Double {
    var (sum, weight) = (0.0, 0.0)
    for row in rows {
      sum += weights[row] * value(row)
      weight += weights[row]
    }
    return sum / weight
  }
}
