import EspalierFiles
import EspalierRegression
import EspalierReports
import EspalierTables

/// The columns that `predict` writes.
struct PredictionColumns {
  private let model: FittedModel
  private let options: PredictionOptions
  private let uncertainty: PredictionUncertainty?
  private let residuals: Residuals?
  /// The number of rows whose linear predictor has no mean.
  private var impossible = 0

  /// The columns for a model.
  ///
  /// - Throws: `EspalierError` if the model has no covariance for intervals, or no residuals.
  init(_ model: FittedModel, _ options: PredictionOptions, subject: String) throws(EspalierError) {
    self.model = model
    self.options = options
    if let level = options.interval {
      uncertainty = try PredictionUncertainty(model, level: level, scale: options.scale, subject: subject)
    } else {
      uncertainty = nil
    }
    residuals = options.residuals ? try Residuals(model) : nil
    if model.covariance == nil, options.residuals {
      StandardError.warn("the model has no covariance of its coefficients: there are no leverages")
    }
    if model.covariance?.hasDependentColumns == true, options.interval != nil || options.residuals {
      StandardError.warn(
        "columns of the model are linear combinations of others: intervals and leverages hold for rows in which they "
          + "are the same combinations")
    }
  }

  /// Whether rows have a number for each class: a probability, or of several predictors the log odds.
  private var isOfClasses: Bool {
    model.family.hasPredictorOfEachClass || (model.family.hasProbabilityOfEachClass && options.scale == .response)
  }

  /// The names of the classes with a prediction each; `nil` for one prediction.
  private var classes: [String]? {
    guard isOfClasses, let classes = model.classes else { return nil }
    return options.scale == .link ? Array(classes.dropFirst()) : classes
  }

  /// The header.
  var header: String {
    var names: [String] = []
    if let classes {
      names = ["class"] + classes.map { "\(options.scale == .link ? "link" : "probability")=\($0)" }
      if uncertainty != nil {
        for name in ["standard_error", "lower", "upper"] { names += classes.map { "\(name)=\($0)" } }
      }
    } else {
      names = [options.scale == .link ? "link" : "prediction"] + (model.classes == nil ? [] : ["class"])
      if uncertainty != nil { names += ["standard_error", "lower", "upper"] }
      if hasNewTargets { names += ["prediction_lower", "prediction_upper"] }
    }
    if let residuals { names += residuals.names }
    return names.map(Self.quoted).joined(separator: ",")
  }

  private var hasNewTargets: Bool { uncertainty?.hasNewTargets == true }

  /// The lines of rows.
  mutating func lines(_ rows: Rows, _ predictor: Predictor) -> [String] {
    let predictions = predictor.predictions(rows)
    impossible += predictions.count { $0.means.contains(where: \.isNaN) }
    let details = predictor.details(rows, uncertainty: uncertainty, residuals: residuals)
    return zip(predictions, details).map { prediction, details in
      let values = (options.scale == .response ? prediction.means : link(details.linear)).map { "\($0)" }
      let name = prediction.class.map { [Self.quoted($0)] } ?? []
      var fields = isOfClasses ? name + values : values + name
      let intervals = details.intervals
      fields += intervals.map { "\($0.standardError)" }
      fields += intervals.map { "\($0.range.lowerBound)" }
      fields += intervals.map { "\($0.range.upperBound)" }
      if hasNewTargets, let range = details.intervals.first?.newTarget {
        fields += ["\(range.lowerBound)", "\(range.upperBound)"]
      }
      if let residuals, let row = details.residuals { fields += residuals.values(row).map { "\($0)" } }
      return fields.joined(separator: ",")
    }
  }

  /// Warns of rows without a prediction.
  func warn() {
    guard impossible > 0 else { return }
    StandardError.warn(
      "\(impossible) rows have no prediction (nan): their linear predictor has no mean with the link \(model.link)")
  }

  private func link(_ linear: [Double]) -> [Double] {
    isOfClasses ? linear.dropFirst().map { $0 - linear[0] } : linear
  }

  /// A field in the format of RFC 4180.
  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { ",\"\n\r".contains($0) }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
