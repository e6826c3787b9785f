import EspalierFiles
import EspalierProximalPoint
import EspalierRegression
import EspalierTables
import EspalierTestSupport
import Foundation
import Testing

/// A fit of ordered classes by statsmodels: see `Fixtures/make_ordinal.py`.
struct OrdinalCase: Decodable, CustomTestStringConvertible {
  let data: String
  let target: String
  let columns: [String]
  let link: Link
  let levels: [String]?
  let weights: String?
  let offset: String?
  let names: [String]
  let estimates: [Double]
  let thresholds: [Double]
  let errors: [Double]
  let robust: [Double]
  let logLikelihood: Double
  let nullLogLikelihood: Double?
  let probabilities: [[Double]]

  var testDescription: String { "\(data), \(link.rawValue)\(offset.map { ", offset \($0)" } ?? "")" }

  static let all: [OrdinalCase] = {
    let url = Bundle.module.resourceURL!.appendingPathComponent("ordinal/cases.json")
    return (try? JSONDecoder().decode([OrdinalCase].self, from: Data(contentsOf: url))) ?? []
  }()

  var path: String { Bundle.module.resourceURL!.appendingPathComponent(data).path }

  func family() throws -> Family { try Family(.ordinal, link: link) }

  func read() throws -> RegressionData {
    var roles = ColumnRoles(target: target, columns: columns, offset: offset, weights: weights)
    roles.levels = levels
    return try RegressionData(
      DataFile(path), roles: roles, family: family(), missing: .refuse, intercept: true, keepsRows: true)
  }

  func fit(_ data: RegressionData) throws -> Fit { Fit(try family(), classNames: data.classes) }
}

/// Ordered classes against statsmodels' OrderedModel, sharpened by derivatives to full precision.
struct OrdinalAgreementTests {
  @Test func thereAreCasesOfEveryLink() {
    #expect(Set(OrdinalCase.all.map(\.link)) == Set(OrdinalLoss.links))
    #expect(OrdinalCase.all.contains { $0.offset != nil } && OrdinalCase.all.contains { $0.weights != nil })
  }

  @Test(arguments: OrdinalCase.all) func estimatesAndErrors(_ example: OrdinalCase) throws {
    let data = try example.read()
    let (fit, rows) = (try example.fit(data), try data.readAll())
    let outcome = try fit(rows, features: data.features)
    #expect(outcome.status == .converged, "\(outcome.reason)")
    #expect(data.features.map(\.name) == example.names && outcome.predictors[0].intercept == 0)
    let own = outcome.predictors[0].coefficients + outcome.thresholds
    for (mine, theirs) in zip(zip(own, example.estimates + example.thresholds), example.errors) {
      #expect(abs(mine.0 - mine.1) < 1e-6 * theirs)
    }
    let inference = try fit.inference(of: outcome, data, rows: rows)
    #expect(inference.absence == nil && inference.options.information == .observed)
    let robust = try fit.inference(of: outcome, data, rows: rows, options: InferenceOptions(covariance: .hc0))
    for (result, errors) in [(inference, example.errors), (robust, example.robust)] {
      // Thresholds come first, as intercepts do.
      let ordered = errors.suffix(example.thresholds.count) + errors.prefix(example.names.count)
      #expect(result.coefficients.count == errors.count)
      for (coefficient, error) in zip(result.coefficients, ordered) {
        let mine = try #require(coefficient.uncertainty?.standardError)
        #expect(abs(mine - error) < 1e-6 * error, "\(coefficient.name)")
      }
    }
    let goodness = try #require(inference.goodness)
    let likelihood = try #require(goodness.logLikelihood)
    #expect(abs(likelihood - example.logLikelihood) < 1e-9 * abs(example.logLikelihood))
    #expect(abs(try #require(goodness.aic) - 2 * (Double(own.count) - example.logLikelihood)) < 1e-6)
    if let null = example.nullLogLikelihood {
      #expect(abs(try #require(goodness.nullDeviance) + 2 * null) < 1e-6 * abs(null))
    } else {
      #expect(try #require(goodness.nullDeviance) > goodness.deviance ?? .infinity)
    }
  }

  @Test(arguments: OrdinalCase.all) func probabilities(_ example: OrdinalCase) throws {
    let data = try example.read()
    let rows = try data.readAll()
    let outcome = try example.fit(data)(rows, features: data.features)
    let model = FittedModel(
      family: try example.family(), target: example.target, data: data, offset: example.offset, exposure: nil,
      predictors: outcome.predictors, thresholds: outcome.thresholds)
    let predictor = try Predictor(model)
    let reader = try predictor.rows(of: DataFile(example.path), missing: .refuse, unknown: .refuse)
    let predictions = predictor.predictions(try #require(try reader.next(atMost: example.probabilities.count)))
    for (prediction, right) in zip(predictions, example.probabilities) {
      for (mine, theirs) in zip(prediction.means, right) { #expect(abs(mine - theirs) < 1e-8) }
      #expect(abs(prediction.means.reduce(0, +) - 1) < 1e-12)
      let likeliest = try #require(right.indices.max { right[$0] < right[$1] })
      #expect(prediction.class == data.classes?[likeliest])
    }
  }

  /// A weight w is w rows, and so are errors.
  @Test func weightsAreRepeatedRows() throws {
    let example = try #require(OrdinalCase.all.first { $0.weights != nil })
    let data = try example.read()
    let outcome = try example.fit(data)(data.readAll(), features: data.features)
    let doubled = try data.weighted(by: .factors(Dictionary(uniqueKeysWithValues: data.classes!.map { ($0, 2) })))
    let again = try example.fit(doubled)(doubled.readAll(), features: doubled.features)
    for (first, second) in zip(outcome.thresholds, again.thresholds) { #expect(abs(first - second) < 1e-9) }
    let (one, two) = try (
      example.fit(data).inference(of: outcome, data, rows: data.readAll()),
      example.fit(doubled).inference(of: again, doubled, rows: doubled.readAll())
    )
    for (first, second) in zip(one.coefficients, two.coefficients) {
      let (mine, half) = try (
        #require(first.uncertainty?.standardError), #require(second.uncertainty?.standardError)
      )
      #expect(abs(half * 2.0.squareRoot() - mine) < 1e-8 * mine, "\(first.name)")
    }
  }

  /// Weights that differ between rows are rows repeated as often.
  @Test func rowsCountAsOftenAsTheirWeightsSay() throws {
    let folder = try TemporaryDirectory()
    let rows = (0..<60).map { (row: Int) -> (x: Int, y: Int, count: Int) in
      (row % 7 - 3, (row * row % 11 + row % 7) / 6, 1 + row % 3)
    }
    func fit(_ name: String, _ lines: [String], weights: String?) throws -> FitOutcome {
      let path = try folder.file(name, Array(("x,y,n\n" + lines.joined(separator: "\n") + "\n").utf8))
      let data = try RegressionData(
        DataFile(path), roles: ColumnRoles(target: "y", columns: ["x"], weights: weights), family: Family(.ordinal),
        missing: .refuse, intercept: true, keepsRows: true)
      return try Fit(Family(.ordinal), classNames: data.classes)(data.readAll(), features: data.features)
    }
    let weighted = try fit("weighted.csv", rows.map { "\($0.x),\($0.y),\($0.count)" }, weights: "n")
    let repeated = try fit(
      "repeated.csv", rows.flatMap { Array(repeating: "\($0.x),\($0.y),1", count: $0.count) }, weights: nil)
    #expect(weighted.status == .converged && repeated.status == .converged)
    let (first, second) = (
      weighted.predictors[0].coefficients + weighted.thresholds,
      repeated.predictors[0].coefficients + repeated.thresholds
    )
    for (mine, theirs) in zip(first, second) { #expect(abs(mine - theirs) < 1e-8) }
  }

  /// Features that are standardised on the way leave the thresholds of the features as they are.
  @Test func standardisationMovesNoThreshold() throws {
    let example = try #require(OrdinalCase.all.first { $0.offset == nil && $0.weights == nil })
    let data = try example.read()
    let plain = try example.fit(data)(data.readAll(), features: data.features)
    let standardised = try example.fit(data).replacing(options: FitOptions(standardize: true))(
      data.readAll(), features: data.features)
    for (own, other) in zip(standardised.thresholds, plain.thresholds) {
      #expect(abs(own - other) < 1e-7 * max(1, abs(other)))
    }
  }
}
