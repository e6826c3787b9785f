import EspalierRegression
import EspalierReports

/// The JSON of `evaluate` for a model that `fit` wrote. Measures that a family has not, or that rows do not determine,
/// are null.
package struct EvaluationJSON: Encodable {
  /// A bin of a calibration.
  struct Bin: Encodable {
    let rows: Int
    let predicted: Double
    let observed: Double
  }

  /// The measures over some rows.
  struct Measures: Encodable {
    /// The group; absent over all rows.
    let group: String?
    let rows: Int
    @OrNull var loss: Double?
    @OrNull var deviance: Double?
    @OrNull var nullDeviance: Double?
    @OrNull var d2: Double?
    @OrNull var accuracy: Double?
    @OrNull var auc: Double?
    @OrNull var logLoss: Double?
    @OrNull var brier: Double?
    @OrNull var calibrationError: Double?
    @OrNull var calibration: [Bin]?
    @OrNull var r2: Double?
    @OrNull var rmse: Double?
    @OrNull var mae: Double?
    @OrNull var bias: Double?

    init(_ measures: ModelMeasures, group: String? = nil) {
      self.group = group
      rows = measures.rowCount
      loss = measures.loss.ifFinite
      deviance = measures.deviance.ifFinite
      nullDeviance = measures.nullDeviance.ifFinite
      d2 = measures.explained?.ifFinite
      accuracy = measures.classes?.accuracy
      auc = measures.classes?.auc
      logLoss = measures.classes?.logLoss?.ifFinite
      brier = measures.classes?.brier
      calibrationError = measures.classes?.calibration?.error
      calibration = measures.classes?.calibration?.bins.map {
        Bin(rows: $0.rowCount, predicted: $0.predicted, observed: $0.observed)
      }
      r2 = measures.numbers?.r2?.ifFinite
      rmse = measures.numbers?.rmse.ifFinite
      mae = measures.numbers?.mae.ifFinite
      bias = measures.numbers?.bias.ifFinite
    }
  }

  let family: String
  let classes: [String]?
  let droppedRows: Int
  let measures: Measures
  let groups: [Measures]?

  private enum Key: String, CodingKey { case family, classes, droppedRows, groups }

  /// The measures of an evaluation.
  package init(_ evaluation: ModelEvaluation) {
    family = evaluation.model.family.name.rawValue
    classes = evaluation.model.classes
    droppedRows = evaluation.droppedCount
    measures = Measures(evaluation.all)
    groups = evaluation.groups.isEmpty ? nil : evaluation.groups.map { Measures($0.measures, group: $0.name) }
  }

  /// Writes the measures over all rows beside the other keys.
  package func encode(to encoder: any Encoder) throws {
    try measures.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(family, forKey: .family)
    try container.encodeIfPresent(classes, forKey: .classes)
    try container.encode(droppedRows, forKey: .droppedRows)
    try container.encodeIfPresent(groups, forKey: .groups)
  }
}
