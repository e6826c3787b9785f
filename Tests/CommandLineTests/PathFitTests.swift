import EspalierTestSupport
import Foundation
import Testing

/// `fit --path` and `fit --cv`.
struct PathFitTests {
  /// The JSON of `fit`.
  private struct Result: Decodable {
    struct Path: Decodable {
      struct Point: Decodable {
        let strength: Double
        let l1: Double
        let l2: Double
        let nonZero: Int
        let explained: Double
        let certified: Bool
        let coefficients: [String: Double]
        let deviance: Double?
        let standardError: Double?
      }

      struct Validation: Decodable {
        let folds: Int
        let rule: String
        let smallest: Int
        let oneStandardError: Int
      }

      let chosen: Int
      let crossValidation: Validation?
      let points: [Point]
    }

    let status: String
    let coefficients: [String: Double]
    let path: Path?
  }

  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func fit(_ options: [String]) throws -> Result {
    let outcome = try Tool.run(arguments: ["fit", FormulaFitTests.rows] + options + ["--json", "-"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(Result.self, from: Data(outcome.output.utf8))
  }

  private static let gaussian = ["--family", "gaussian", "--formula", "y ~ (x + z + t + n)^2 + a*region"]
  private static let classes = ["--family", "binomial", "--formula", "hit ~ (x + z + t + n)^2 + a"]

  @Test(arguments: [gaussian, classes, ["--family", "poisson", "--formula", "count ~ x*z + t + a"]])
  func pathsBeginWithNothingAndEveryPointIsThatOfASingleFit(model: [String]) throws {
    let path = try #require(try fit(model + ["--path", "--strengths", "12", "--l1-ratio", "0.8"]).path)
    #expect(path.points[0].nonZero == 0 && path.points[1].nonZero > 0 && path.chosen == path.points.count - 1)
    #expect(path.points.allSatisfy { $0.certified && abs($0.l1 - 0.8 * $0.strength) < 1e-12 * $0.strength })
    #expect(
      zip(path.points, path.points.dropFirst()).allSatisfy { $0.strength > $1.strength && $0.explained < $1.explained })
    for point in [path.points[3], path.points[path.points.count - 1]] {
      let single = try fit(model + ["--l1", "\(point.l1)", "--l2", "\(point.l2)"])
      for (name, value) in single.coefficients {
        #expect(abs((point.coefficients[name] ?? 0) - value) < 1e-5 * max(1, abs(value)), "\(name)")
      }
    }
  }

  @Test(arguments: [["--family", "quantile"], ["--family", "gaussian", "--l1-ratio", "0"]])
  func otherPathsAreThoseOfSingleFitsToo(options: [String]) throws {
    let model = options.prefix(2) + ["--formula", "y ~ x*z + t + a"]
    let path = try #require(try fit(model + options.dropFirst(2) + ["--path", "--strengths", "4"]).path)
    let point = path.points[2]
    let single = try fit(model + ["--l1", "\(point.l1)", "--l2", "\(point.l2)"])
    for (name, value) in single.coefficients { #expect(abs((point.coefficients[name] ?? 0) - value) < 1e-4) }
  }

  @Test func severalClassesHavePaths() throws {
    let outcome = try Tool.run(
      "fit", FormulaFitTests.rows, "--family", "multinomial", "--target", "a", "--columns", "x,y,t", "--cv", "3",
      "--strengths", "6", "--json", "-")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("\"crossValidation\""))
  }

  @Test(arguments: [gaussian, classes])
  func crossValidationChoosesAndTheChoiceIsFittedToAllRows(model: [String]) throws {
    let options = model + ["--cv", "5", "--strengths", "20"]
    let result = try fit(options)
    let path = try #require(result.path)
    let validation = try #require(path.crossValidation)
    let means = path.points.compactMap(\.deviance)
    #expect(
      means.count == path.points.count && means[validation.smallest] == means.min()!
        && path.chosen == validation.smallest)
    let limit = means.min()! + path.points[validation.smallest].standardError!
    #expect(validation.oneStandardError == means.firstIndex { $0 <= limit })
    let single = try fit(model + ["--l1", "\(path.points[path.chosen].l1)"])
    for (name, value) in single.coefficients { #expect(abs(result.coefficients[name]! - value) < 1e-9) }
    let strong = try fit(options + ["--rule", "1se"])
    #expect(strong.path?.chosen == validation.oneStandardError)
  }

  @Test func foldsFollowFromTheSeedWhateverTheThreads() throws {
    let options = Self.classes + ["--cv", "4", "--strengths", "8"]
    func deviances(_ more: String...) throws -> [Double?] { try fit(options + more).path!.points.map(\.deviance) }
    let first = try deviances("--threads", "1")
    let others = try deviances("--threads", "2")
    for (one, two) in zip(first, others) { #expect(abs(one! - two!) < 1e-9) }
    #expect(try deviances("--seed", "1") != first)
  }

  @Test func theReportShowsThePath() throws {
    let report = folder.path + "/report.html"
    let outcome = try Tool.run(
      arguments: ["fit", FormulaFitTests.rows] + Self.gaussian + ["--cv", "3", "--strengths", "9", "--report", report])
    #expect(outcome.status == 0 && outcome.output.contains("held-out deviance") && outcome.output.contains("chosen"))
    let html = try String(contentsOfFile: report, encoding: .utf8)
    #expect(html.contains("Deviance of rows held out") && html.contains("Path of penalties"))
  }

  @Test(arguments: [
    (["--path", "--l1", "1"], "leave them out"), (["--cv", "1"], "2 or more"),
    (["--rule", "1se"], "for --path and --cv"),
    (["--path", "--rule", "1se"], "--rule is for --cv"), (["--cv", "3", "--stream"], "leave out --stream"),
    (["--cv", "3", "--step", "1"], "constant steps"), (["--path", "--strengths", "1,x"], "positive numbers"),
    (["--path", "--l1-ratio", "2"], "from 0 to 1"), (["--cv", "3", "--validation", "0.1"], "leave it out"),
  ])
  func contradictionsAreUsageErrors(options: [String], message: String) throws {
    let outcome = try Tool.run(arguments: ["fit", FormulaFitTests.rows] + Self.gaussian + options)
    #expect(outcome.status == 64 && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func moreFoldsThanRowsAreRefused() throws {
    let outcome = try Tool.run(
      arguments: ["fit", FormulaFitTests.rows] + Self.gaussian + ["--cv", "1000", "--strengths", "3"])
    #expect(outcome.status == 65 && outcome.errors.contains("240 rows"), "\(outcome.errors)")
  }
}
