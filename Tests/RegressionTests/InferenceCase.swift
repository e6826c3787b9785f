import EspalierFiles
import EspalierRegression
import EspalierTables
import Foundation
import Testing

/// A fit of a small real data set, with statsmodels' inference: see `Fixtures/make_inference.py`.
struct InferenceCase: Decodable, CustomTestStringConvertible {
  let data: String
  let target: String
  let columns: [String]
  let family: Family.Name
  let parameter: Double?
  let covariance: CovarianceKind?
  let cluster: String?
  let information: InferenceOptions.Information?
  let auto: Bool?
  let estimates: [Double]
  let errors: [Double]
  let pValues: [Double]
  let lower: [Double]
  let upper: [Double]
  let measures: [String: Double]

  var testDescription: String {
    let kind = cluster.map { "clustered by \($0)" } ?? covariance?.rawValue ?? information?.rawValue ?? "nonrobust"
    return "\(data), \(family.rawValue), \(kind)"
      + (auto == true ? ", dispersion estimated" : "")
  }

  static let all: [InferenceCase] = {
    let url = folder.appendingPathComponent("cases.json")
    return (try? JSONDecoder().decode([InferenceCase].self, from: Data(contentsOf: url))) ?? []
  }()

  static let folder = Bundle.module.resourceURL!.appendingPathComponent("inference")

  /// The options, with intervals of 90 %.
  var options: InferenceOptions {
    InferenceOptions(
      level: 0.9, covariance: covariance ?? .nonrobust, cluster: cluster, information: information ?? .expected,
      estimatesDispersion: auto == true)
  }

  func read() throws -> RegressionData {
    try RegressionData(
      DataFile(Self.folder.appendingPathComponent("\(data).csv").path),
      roles: ColumnRoles(target: target, columns: columns), family: Family(family, parameter: parameter),
      missing: .refuse, intercept: true, keepsRows: true)
  }

  /// The inference by this package, of rows in memory or streamed.
  func inference(isStreamed: Bool = false) throws -> Inference {
    let data = try read()
    let family = try Family(family, parameter: parameter)
    let fit = Fit(family, classNames: family.hasPredictorOfEachClass ? data.classes : nil)
    if auto == true, family.hasEstimableParameter {
      let rows = try data.readAll()
      let estimated = try fit.estimatingParameter(rows, features: data.features)
      return try estimated.fit.inference(
        of: estimated.outcome, data, rows: rows, parameter: estimated.parameter, options: options)
    }
    guard isStreamed else {
      let rows = try data.readAll()
      return try fit.inference(of: fit(rows, features: data.features), data, rows: rows, options: options)
    }
    let outcome = try fit.streaming(
      data.source, features: data.features, rowCount: data.rowCount, isSparse: data.isSparse)
    return try fit.inference(of: outcome, data, rows: nil, options: options)
  }
}
