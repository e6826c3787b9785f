import EspalierTestSupport
import Foundation
import Testing

/// Models with formulas, families and links against statsmodels; `Fixtures/formula/make_fixtures.py` makes the figures.
struct FormulaFitTests {
  struct Case: Decodable {
    let arguments: [String]
    let coefficients: [String: Double]?
    let fitted: [Double]
  }

  /// The JSON of `fit`.
  struct Result: Decodable {
    let status: String
    let reason: String
    let intercept: Double
    let coefficients: [String: Double]
  }

  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  static let fixtures = Bundle.module.resourceURL!.appendingPathComponent("formula")
  static let rows = fixtures.appendingPathComponent("rows.csv").path

  static let cases: [String: Case] = {
    let data = try? Data(contentsOf: fixtures.appendingPathComponent("expected.json"))
    return data.flatMap { try? JSONDecoder().decode([String: Case].self, from: $0) } ?? [:]
  }()

  @Test func fixturesAreThere() {
    #expect(Self.cases.count == 25)
  }

  private func fit(_ arguments: [String], _ options: String...) throws -> Result {
    let outcome = try Tool.run(arguments: ["fit", Self.rows] + arguments + options + ["--json", "-"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(Result.self, from: Data(outcome.output.utf8))
  }

  private func predictions(_ model: String) throws -> [Double] {
    let outcome = try Tool.run("predict", model, Self.rows)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").dropFirst().compactMap {
      Double($0.split(separator: ",")[0])
    }
  }

  @Test(arguments: cases.keys.sorted())
  func coefficientsAndPredictionsAreThoseOfStatsmodels(name: String) throws {
    let reference = try #require(Self.cases[name])
    let model = folder.path + "/model.json"
    let result = try fit(reference.arguments, "--model", model)
    #expect(result.status == "converged", "\(result.reason)")
    if let expected = reference.coefficients {
      #expect(Set(expected.keys).subtracting(["(intercept)"]) == Set(result.coefficients.keys))
      for (key, value) in expected {
        let own = key == "(intercept)" ? result.intercept : result.coefficients[key] ?? .nan
        #expect(abs(own - value) <= 1e-6 * max(1, abs(value)), "\(key): \(own), expected \(value)")
      }
    }
    for (own, value) in zip(try predictions(model), reference.fitted) {
      #expect(abs(own - value) <= 1e-6 * max(1, abs(value)))
    }
  }

  @Test func localOptimaAreCalledSo() throws {
    for (name, reference) in Self.cases where ["cauchit", "gamma, identity link", "Gaussian, log link"].contains(name) {
      #expect(try fit(reference.arguments).reason.contains("local"))
    }
    #expect(try !fit(#require(Self.cases["probit"]).arguments).reason.contains("local"))
  }

  @Test(arguments: ["number x levels", "B-splines", "natural spline", "offset", "successes and failures", "probit"])
  func streamedRowsGiveTheSame(name: String) throws {
    let reference = try #require(Self.cases[name])
    let (kept, streamed) = (try fit(reference.arguments), try fit(reference.arguments, "--stream"))
    for (key, value) in kept.coefficients { #expect(abs(streamed.coefficients[key]! - value) < 1e-7) }
  }

  @Test func optionsMakeTheModelsOfFormulas() throws {
    let plain = ["--family", "binomial", "--target"]
    let shares = try fit(plain + ["s", "--trials", "n", "--columns", "x,a"])
    let formula = try fit(["--family", "binomial", "--formula", "cbind(s, f) ~ x + a"])
    #expect(abs(shares.coefficients["x"]! - formula.coefficients["x"]!) < 1e-9)
    let interaction = try fit(
      ["--family", "gaussian", "--target", "y", "--columns", "x,a,z", "--interaction", "x:a", "--interaction", "x:z"])
    let written = try fit(["--family", "gaussian", "--formula", "y ~ x + a + z + x:a + x:z"])
    #expect(interaction.coefficients.keys == written.coefficients.keys)
    for (key, value) in written.coefficients { #expect(abs(interaction.coefficients[key]! - value) < 1e-9) }
  }

  @Test func referencesAndPositiveClassesAreChosen() throws {
    let arguments = ["--family", "binomial", "--target", "hit", "--columns", "x,region"]
    let usual = try fit(arguments)
    let chosen = try fit(arguments, "--reference", "region=north", "--positive", "0")
    #expect(Set(chosen.coefficients.keys) == ["x", "region=east", "region=south"])
    #expect(abs(usual.coefficients["x"]! + chosen.coefficients["x"]!) < 1e-8)
    let difference = usual.coefficients["region=south"]! - usual.coefficients["region=north"]!
    #expect(abs(chosen.coefficients["region=south"]! + difference) < 1e-8)
  }

  /// Balanced classes weigh the same: the mean share of the positive class is then 1/2 of a model without features.
  @Test func classesAreWeighted() throws {
    let arguments = ["--family", "binomial", "--formula", "hit ~ 1"]
    #expect(abs(try fit(arguments, "--class-weights", "balanced").intercept) < 1e-8)
    let (usual, doubled) = (try fit(arguments), try fit(arguments, "--class-weights", "1=2"))
    #expect(abs(doubled.intercept - usual.intercept - log(2)) < 1e-8)
  }

  @Test(arguments: [
    ("y ~ x +", 64, "character 8: expected a column, a function"), ("y ~ foo(x)", 64, "knows no function \"foo\""),
    ("y ~ x^2", 64, "write I(x^2)"), ("y ~ x - z", 65, "removes z, which is not among the terms"),
    ("y ~ q", 65, "names a column \"q\""), ("y ~ log(x)", 65, "log(x): is not a number"),
    ("y ~ log(a)", 65, "holds text"), ("y ~ C(region, ref=west)", 65, "has no level \"west\""),
    ("y ~ spline(k, 9)", 65, "knots that coincide"), ("y ~ poly(k, 3)", 65, "different values"),
    ("log(y) ~ x", 64, "choose a link"), ("y ~ `x", 64, "never closed"), ("y ~ (x", 64, "expected \")\""),
  ])
  func faultsAreNamed(formula: String, status: Int32, message: String) throws {
    let outcome = try Tool.run("fit", Self.rows, "--family", "gaussian", "--formula", formula)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test(arguments: [
    (["--family", "poisson", "--link", "probit"], "its links are"),
    (["--family", "gaussian", "--positive", "1"], "--positive is for"),
    (["--family", "gaussian", "--class-weights", "balanced"], "--class-weights is for"),
    (["--family", "poisson", "--trials", "n"], "--family binomial"),
    (["--family", "binomial", "--class-weights", "a"], "CLASS=FACTOR"),
    (["--family", "gaussian", "--reference", "a"], "COLUMN=LEVEL"),
    (["--family", "gaussian", "--formula", "s ~ x"], "contradicts"),
  ])
  func contradictionsAreUsageErrors(options: [String], message: String) throws {
    let outcome = try Tool.run(arguments: ["fit", Self.rows, "--target", "y"] + options)
    #expect(outcome.status == 64 && outcome.errors.contains(message), "\(outcome.errors)")
  }

  /// An identity link for counts: a model that would need means below 0 is refused or not certified, never silent.
  @Test func impossibleMeansAreNotSilent() throws {
    let rows = (0..<40).map { "\($0 < 20 ? 0 : 3),\(Double($0) - 19.5)" }
    let path = try folder.file("zeros.csv", Array(("y,x\n" + rows.joined(separator: "\n") + "\n").utf8))
    let outcome = try Tool.run("fit", path, "--target", "y", "--family", "poisson", "--link", "identity")
    #expect(outcome.status == 3 && outcome.errors.contains("bound"), "\(outcome.errors)")
  }
}
