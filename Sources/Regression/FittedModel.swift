import EspalierFiles
import EspalierTables
import Foundation

/// A fitted model, stored as a readable file: the target, the input columns, and the coefficients.
package struct FittedModel: Codable, Hashable, Sendable {
  /// The source of the features.
  package enum Input: Codable, Hashable, Sendable {
    /// The columns of a table.
    case table([TableColumn])
    /// The terms of a formula.
    case design(Design)
    /// The indices of a LIBSVM file, from the first to the last.
    case sparse(first: Int, count: Int)

    private enum Key: String, CodingKey { case columns, terms, firstIndex, featureCount }

    /// Reads a design where there are `terms`, else `columns`, or `firstIndex` and `featureCount`.
    package init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Key.self)
      if values.contains(.terms) {
        self = .design(try Design(from: decoder))
      } else if let columns = try values.decodeIfPresent([TableColumn].self, forKey: .columns) {
        self = .table(columns)
      } else {
        self = .sparse(
          first: try values.decode(Int.self, forKey: .firstIndex),
          count: try values.decode(Int.self, forKey: .featureCount))
      }
    }

    /// Writes the keys that `init(from:)` reads.
    package func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: Key.self)
      switch self {
      case .table(let columns): try values.encode(columns, forKey: .columns)
      case .design(let design): try design.encode(to: encoder)
      case .sparse(let first, let count):
        try values.encode(first, forKey: .firstIndex)
        try values.encode(count, forKey: .featureCount)
      }
    }
  }

  /// The family.
  package var family: Family
  /// The link between linear predictor and mean: identity, log, logit or softmax.
  package var link: String
  /// The target column; `nil` for LIBSVM's labels.
  package var target: String?
  /// The classes, in order; `nil` for a target without classes.
  package var classes: [String]?
  /// The source of the features.
  package var input: Input
  /// A column that is added to the linear predictor.
  package var offset: String?
  /// A column whose logarithm is added to the linear predictor.
  package var exposure: String?
  /// The thresholds of ordered classes, ascending, one less than there are classes; `nil` for other families.
  package var thresholds: [Double]?
  /// The intercept, 0 if there is none; by class if each class has a predictor.
  package var intercept: ByClass<Double>
  /// The coefficients by feature, `column` or `column=level`; by class and feature if each class has a predictor.
  package var coefficients: ByClass<[String: Double]>
  /// The covariance of the coefficients; `nil` if it is not known, or too large.
  package var covariance: ModelCovariance?

  /// The model of these predictors, with coefficients in the order of the data's features.
  package init(
    family: Family, target: String?, data: RegressionData, offset: String?, exposure: String?,
    predictors: [LinearPredictor], thresholds: [Double] = [], covariance: ModelCovariance? = nil
  ) {
    self.family = family
    link = family.link
    self.target = target
    classes = data.classes
    input = data.input
    self.offset = offset
    self.exposure = exposure
    self.thresholds = thresholds.isEmpty ? nil : thresholds
    intercept = ByClass(predictors.map(\.intercept), classes: data.classes)
    coefficients = ByClass(
      predictors.map { Dictionary(uniqueKeysWithValues: zip(data.features.map(\.name), $0.coefficients)) },
      classes: data.classes)
    self.covariance = covariance
  }

  /// Reads a model written by `fit` to `path`.
  /// - Throws: `EspalierError` if the file is not a model.
  package static func read(_ path: String) throws(EspalierError) -> FittedModel {
    let bytes = try FileContents.read(path)
    do {
      let model = try JSONDecoder().decode(FittedModel.self, from: Data(bytes))
      try model.validate(subject: path)
      return model
    } catch let error as EspalierError {
      throw error
    } catch {
      throw EspalierError(.file, path, "is not a model that fit wrote", remedy: "make one by fit --model")
    }
  }

  /// Whether the file at `path` is JSON, as a model is and a network is not.
  package static func isModel(_ path: String) -> Bool {
    guard let size = try? FileContents.size(path), let head = try? FileContents.read(path, at: 0, count: min(size, 64))
    else { return false }
    return head.first { ![9, 10, 13, 32].contains($0) } == UInt8(ascii: "{")
  }

  /// The linear predictor, or one for each class in order, with coefficients in the order of the features.
  /// - Throws: `EspalierError` if a coefficient is missing.
  package func predictors(subject: String = "the model") throws(EspalierError) -> [LinearPredictor] {
    let count = family.hasPredictorOfEachClass ? max(2, classes?.count ?? 0) : 1
    guard let intercepts = intercept.values(of: classes ?? []), intercepts.count == count,
      let coefficients = coefficients.values(of: classes ?? []), coefficients.count == count
    else { throw EspalierError(.file, subject, "has not the coefficients of each class") }
    if let other = coefficients.first(where: { $0.count != featureCount }) {
      throw EspalierError(.file, subject, "has \(other.count) coefficients for \(featureCount) features")
    }
    let names = featureNames
    var result: [LinearPredictor] = []
    for (intercept, coefficients) in zip(intercepts, coefficients) {
      guard intercept.isFinite, coefficients.values.allSatisfy(\.isFinite) else {
        throw EspalierError(.file, subject, "has a coefficient that is not a finite number")
      }
      if let missing = names.first(where: { coefficients[$0] == nil }) {
        throw EspalierError(.file, subject, "has no coefficient \"\(missing)\"")
      }
      result.append(LinearPredictor(intercept: intercept, coefficients: names.map { coefficients[$0]! }))
    }
    return result
  }

  /// The names of the features, in order.
  package var featureNames: [String] {
    switch input {
    case .table(let columns): columns.flatMap(\.features)
    case .design(let design): design.featureNames
    case .sparse(let first, let count): (first..<first + count).map(String.init)
    }
  }

  /// The number of features.
  private var featureCount: Int {
    switch input {
    case .table(let columns): columns.reduce(0) { $0 + $1.features.count }
    case .design(let design): design.featureNames.count
    case .sparse(_, let count): count
    }
  }
}
