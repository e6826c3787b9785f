import ArgumentParser
import EspalierFiles
import EspalierRegression
import EspalierReports
import EspalierTables
import EspalierWorkflows

/// A path of penalties, and the choice of one by cross-validation, on the command line.
struct PathArguments: ParsableArguments {
  @Flag(help: "Fit a path of penalties, from one at which all coefficients are 0 to hardly any, and show it.")
  var path = false
  @Option(help: "Choose the penalty by cross-validation with so many folds; the model is then fitted to all rows.")
  var cv: Int?
  @Option(help: "How cross-validation chooses: min, or 1se (the strongest within one standard error of it).")
  var rule = PathOptions.Rule.smallest
  @Option(help: "The share of absolute values in the penalty of a path: 1 for L1, 0 for L2, between them both.")
  var l1Ratio = 1.0
  @Option(help: "The number of strengths of a path, or the strengths themselves, by commas.")
  var strengths: String = "100"
  @Option(help: "The smallest strength of a path as a share of the largest.") var smallestShare: Double?

  func validate() throws {
    guard isUsed else {
      guard rule == .smallest, l1Ratio == 1, strengths == "100", smallestShare == nil else {
        throw ValidationError("--rule, --l1-ratio, --strengths and --smallest-share are for --path and --cv")
      }
      return
    }
    guard cv ?? 2 >= 2 else { throw ValidationError("--cv takes a number of folds, 2 or more") }
    guard rule == .smallest || cv != nil else { throw ValidationError("--rule is for --cv, which measures") }
    guard (0...1).contains(l1Ratio) else { throw ValidationError("--l1-ratio takes a number from 0 to 1") }
    if let smallestShare, !(smallestShare > 0 && smallestShare < 1) {
      throw ValidationError("--smallest-share takes a number between 0 and 1")
    }
    _ = try listed
  }

  /// Whether there is a path.
  var isUsed: Bool { path || cv != nil }

  /// Throws a usage error where other options contradict a path.
  func check(isPenalized: Bool, takesConstantSteps: Bool, streams: Bool, validates: Bool) throws(ValidationError) {
    guard isUsed else { return }
    guard !isPenalized else {
      throw ValidationError("--l1 and --l2 are not for --path and --cv, which try strengths: leave them out")
    }
    guard !takesConstantSteps else {
      throw ValidationError("--path and --cv are not for constant steps: leave out --step, --momentum and --method")
    }
    guard !streams else { throw ValidationError("--path and --cv need rows in memory: leave out --stream") }
    guard !validates else { throw ValidationError("--validation is not for --path and --cv: leave it out") }
  }

  /// The path of a fit; `nil` without one.
  func path(of fit: Fit, over rows: Rows?) throws(EspalierError) -> RegularizationPath? {
    guard isUsed, let rows, let (count, strengths) = try? listed else { return nil }
    return try fit.path(
      rows,
      options: PathOptions(
        l1Ratio: l1Ratio, count: count, smallestShare: smallestShare, strengths: strengths, folds: cv, rule: rule))
  }

  /// The number of strengths, or the strengths themselves.
  private var listed: (count: Int, strengths: [Double]?) {
    get throws {
      if let count = Int(strengths) {
        guard (2...10_000).contains(count) else {
          throw ValidationError("--strengths takes a number from 2 to 10,000, or a list")
        }
        return (count, nil)
      }
      let values = strengths.split(separator: ",").map { Double($0) ?? .nan }
      guard !values.isEmpty, values.allSatisfy({ $0 > 0 && $0.isFinite }), Set(values).count == values.count else {
        throw ValidationError("--strengths takes a number of strengths, or different positive numbers by commas")
      }
      return (values.count, values)
    }
  }
}

extension PathOptions.Rule: ExpressibleByArgument {}

extension Fit {
  /// The same fit with the penalty that a path chose.
  func penalized(by path: RegularizationPath?) -> Fit {
    guard let path else { return self }
    var options = options
    (options.l1, options.l2) = (path.points[path.chosen].l1, path.points[path.chosen].l2)
    return replacing(options: options)
  }
}
