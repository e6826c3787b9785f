import EspalierFiles
import EspalierReports
import Foundation

/// Every ``UpdateRule`` at every step size on regressions of real data: whether a rule keeps momentum's speed, and a
/// small neighbourhood, whatever step size it begins with.
package struct RulesExperiment: Sendable {
  /// The size of the experiment.
  package struct Settings: Hashable, Sendable, Encodable {
    /// The step sizes, from 1e-3 to 1e3 by equal factors.
    package var steps: [Double]
    /// Passes over the data.
    package var epochs: Int
    /// The most rows of a data set.
    package var rows: Int
    /// Rows and orders follow from it.
    package var seed: UInt64

    /// Settings with so many step sizes.
    package init(stepCount: Int = 7, epochs: Int = 20, rows: Int = 10_000, seed: UInt64 = 0) {
      steps = (0..<stepCount).map { pow(10, -3 + 6 * Double($0) / Double(max(stepCount - 1, 1))) }
      (self.epochs, self.rows, self.seed) = (epochs, rows, seed)
    }
  }

  /// The size of the experiment.
  package let settings: Settings
  /// All runs, by data set, rule and step size.
  package let runs: [RegressionRun]
  /// The data sets that were there.
  package let dataSets: [String]
  /// The data sets whose files the folder lacks.
  package let missing: [String]

  /// The most runs there can be.
  package static func runCount(_ settings: Settings) -> Int {
    RegressionCase.all.count * UpdateRule.allCases.count * settings.steps.count
  }

  /// The files of the data sets in `folder`, whether or not they are there.
  package static func files(in folder: String) -> [String] { RegressionCase.all.map { $0.path(in: folder) } }

  /// Makes the runs that are missing on the files of `folder`; `progress` is called after each.
  ///
  /// - Parameter kept: The runs of an earlier experiment, to which these are added.
  /// - Throws: `EspalierError` if the folder has none of the data sets, or a file is of something else.
  package init(
    _ settings: Settings, folder: String, keptIn kept: KeptResults = .none, progress: () -> Void = {}
  ) throws(EspalierError) {
    var (runs, there, missing) = ([RegressionRun](), [String](), [String]())
    for item in RegressionCase.all {
      guard let problem = try item.problem(in: folder, limit: settings.rows, seed: settings.seed) else {
        missing.append(item.name)
        continue
      }
      there.append(item.name)
      for rule in UpdateRule.allCases {
        for step in settings.steps {
          runs.append(
            try kept.value("\(item.name) \(rule.rawValue) \(step)") { () throws(EspalierError) in
              try RegressionRun(rule, step: step, on: problem, epochs: settings.epochs, seed: settings.seed)
            })
          progress()
        }
      }
    }
    guard !there.isEmpty else {
      throw EspalierError(
        .data, folder, "has none of the data sets \(missing.map { $0 + ".csv" }.joined(separator: ", "))",
        remedy: "write them with Benchmarks/Peers/fetch_glm_data.py")
    }
    self.init(settings, runs: runs, dataSets: there, missing: missing)
  }

  /// The result of these runs.
  package init(_ settings: Settings, runs: [RegressionRun], dataSets: [String], missing: [String]) {
    (self.settings, self.runs, self.dataSets, self.missing) = (settings, runs, dataSets, missing)
  }

  /// The runs of a rule on a data set, by step size.
  func runs(_ data: String, _ rule: UpdateRule) -> [RegressionRun] {
    runs.filter { $0.data == data && $0.rule == rule }
  }
}

extension RulesExperiment: Encodable {
  private enum CodingKeys: String, CodingKey { case settings, dataSets, missing, runs, claims }

  /// Writes settings, data sets, runs and claims.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(settings, forKey: .settings)
    try container.encode(dataSets, forKey: .dataSets)
    try container.encode(missing, forKey: .missing)
    try container.encode(runs, forKey: .runs)
    try container.encode(claims, forKey: .claims)
  }
}
