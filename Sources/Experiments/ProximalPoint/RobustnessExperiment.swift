import EspalierFiles
import EspalierProximalPoint
import EspalierReports
import Foundation

/// The paper's second experiment: iterations to a tolerance against step size, for linear and Poisson regression.
///
/// Source: J. L. Kim, P. Toulis, A. Kyrillidis (L4DC 2022), section 5 and figures 2 and 3.
package struct RobustnessExperiment: Sendable {
  /// All trials of a method on a kind of problem.
  package struct Curve: Sendable, Codable {
    /// The kind of regression.
    package let kind: RobustnessProblem.Kind
    /// The condition number.
    package let conditionNumber: Double
    /// The method.
    package let method: RobustnessMethod
    /// The outcome of each trial, for each step size.
    package let outcomes: [[RobustnessOutcome]]

    /// The median number of iterations for each step size; infinite if most trials did not meet the tolerance.
    package var medians: [Double] { outcomes.map { $0.map(\.iterations).median } }

    /// Whether most trials met the tolerance, for each step size.
    package var converges: [Bool] { medians.map(\.isFinite) }
  }

  /// All curves.
  package let curves: [Curve]
  /// The number of trials of each curve.
  package let trials: Int
  /// The largest number of iterations of a trial.
  package let cap: Int

  /// The step sizes of the paper.
  package static let steps = (-3...3).map { pow(10, Double($0)) }

  /// The number of curves.
  package static let curveCount =
    RobustnessProblem.Kind.allCases.reduce(0) { $0 + $1.conditionNumbers.count } * RobustnessMethod.allCases.count

  /// The settings on which results depend, by name.
  package static func settings(trials: Int, cap: Int, seed: UInt64) -> [String: String] {
    ["trials": "\(trials)", "cap": "\(cap)", "seed": "\(seed)"]
  }

  /// Runs what is missing of the experiment.
  ///
  /// - Parameters:
  ///   - kept: The curves of an earlier run, to which these are added.
  ///   - progress: Called after each curve.
  /// - Throws: `EspalierError` if results cannot be kept.
  package init(
    trials: Int, cap: Int = 10_000, seed: UInt64, keptIn kept: KeptResults = .none, progress: () -> Void = {}
  ) throws(EspalierError) {
    var curves: [Curve] = []
    for kind in RobustnessProblem.Kind.allCases {
      for conditionNumber in kind.conditionNumbers {
        var problems: [RobustnessProblem] = []
        for trial in 0..<trials {
          problems.append(
            try RobustnessProblem(kind, conditionNumber: conditionNumber, seed: seed &+ UInt64(trial)))
        }
        for method in RobustnessMethod.allCases {
          curves.append(
            try kept.value("\(kind.rawValue) \(conditionNumber) \(method.rawValue)") {
              let outcomes = Self.steps.map { step in
                problems.enumerated().map { trial, problem in
                  problem.run(method, step: step, cap: cap, seed: seed &+ UInt64(trial))
                }
              }
              return Curve(kind: kind, conditionNumber: conditionNumber, method: method, outcomes: outcomes)
            })
          progress()
        }
      }
    }
    self.curves = curves
    self.trials = trials
    self.cap = cap
  }

  /// The curve of a method on a problem.
  func curve(_ kind: RobustnessProblem.Kind, _ conditionNumber: Double, _ method: RobustnessMethod) -> Curve {
    curves.first { $0.kind == kind && $0.conditionNumber == conditionNumber && $0.method == method }!
  }

  /// Every problem.
  var problems: [(kind: RobustnessProblem.Kind, conditionNumber: Double)] {
    RobustnessProblem.Kind.allCases.flatMap { kind in kind.conditionNumbers.map { (kind, $0) } }
  }
}
