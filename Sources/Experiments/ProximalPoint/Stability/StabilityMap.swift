import EspalierFiles
import EspalierProximalPoint
import EspalierReports
import Foundation

/// Where stochastic methods converge: step sizes by momenta, for linear and Poisson regression of several condition
/// numbers, on drawn batches and in epochs.
///
/// The stochastic companion of ``QuadraticMap``: the abstract's "larger convergence region" for the methods that it is
/// about. The problems are those of ``RobustnessExperiment``, n = p = 100 and batches of 10. A cell is *reached* if the
/// relative error falls to 0.01 on the way, and *stable* if the run ends nearer to the targets than it began: a run
/// that hovers is stable and need not be reached.
package struct StabilityMap: Sendable {
  /// A family of methods; a momentum of 0 gives the one without.
  package enum Family: String, CaseIterable, Sendable, Codable {
    /// Explicit steps.
    case gradient = "SGD, SGDM"
    /// Each example's proximal step, averaged.
    case averaged = "SPPA, SPPAM"
    /// The proximal step of the batch.
    case joint = "SPPA, SPPAM, joint"
    /// The same with momentum damped by contraction.
    case damped = "SPPAM, joint, damped"

    fileprivate var method: RobustnessMethod {
      switch self {
      case .gradient: .sgdm
      case .averaged: .sppam
      case .joint: .jointSPPAM
      case .damped: .dampedSPPAM
      }
    }
  }

  /// The order of the examples.
  package enum Order: String, CaseIterable, Sendable, Codable {
    /// With replacement, as in theory.
    case drawn
    /// In epochs, each in a new random order.
    case shuffled
    /// In epochs, always in the same order.
    case cyclic

    func order(seed: UInt64) -> MinimizationOptions.Order {
      switch self {
      case .drawn: .drawn(seed: seed)
      case .shuffled: .shuffled(seed: seed)
      case .cyclic: .cyclic
      }
    }
  }

  /// The size of the experiment.
  package struct Settings: Hashable, Sendable, Encodable {
    /// Step sizes from 1e-3 to 1e3, by equal factors.
    package var steps: [Double]
    /// The momenta, 0 first.
    package var momenta: [Double]
    /// Random instances of each problem.
    package var trials: Int
    /// Iterations of each run.
    package var iterations: Int
    /// The instances and batches follow from it.
    package var seed: UInt64

    /// Settings with so many step sizes.
    package init(
      stepCount: Int = 13, momenta: [Double] = [0, 0.5, 0.8, 0.9, 0.95, 0.99], trials: Int = 3, iterations: Int = 500,
      seed: UInt64 = 0
    ) {
      steps = (0..<stepCount).map { pow(10, -3 + 6 * Double($0) / Double(max(stepCount - 1, 1))) }
      (self.momenta, self.trials, self.iterations, self.seed) = (momenta, trials, iterations, seed)
    }
  }

  /// The map of one family on one problem.
  package struct Map: Sendable, Codable {
    /// The kind of regression.
    package let problem: RobustnessProblem.Kind
    /// The condition number.
    package let conditionNumber: Double
    /// The order of the examples.
    package let order: Order
    /// The family.
    package let family: Family
    /// A row for each momentum, a column for each step size.
    package let cells: [[StabilityCell]]

    /// A map of these cells.
    package init(
      _ problem: RobustnessProblem.Kind, conditionNumber: Double, _ order: Order, _ family: Family,
      cells: [[StabilityCell]]
    ) {
      (self.problem, self.conditionNumber, self.order, self.family) = (problem, conditionNumber, order, family)
      self.cells = cells
    }

    /// The number of cells with momentum that are reached.
    package var reachedCount: Int { cells.dropFirst().joined().count { $0.reached != nil } }
    /// The number of cells with momentum that are stable.
    package var stableCount: Int { cells.dropFirst().joined().count(where: \.isStable) }
  }

  /// The size of the experiment.
  package let settings: Settings
  /// All maps.
  package let maps: [Map]

  /// The number of maps.
  package static let mapCount =
    RobustnessProblem.Kind.allCases.reduce(0) { $0 + $1.conditionNumbers.count } * Order.allCases.count
    * Family.allCases.count

  /// Runs what is missing of the experiment.
  ///
  /// - Parameters:
  ///   - kept: The maps of an earlier run, to which these are added.
  ///   - progress: Called after each map.
  /// - Throws: `EspalierError` if results cannot be kept.
  package init(
    _ settings: Settings, keptIn kept: KeptResults = .none, progress: () -> Void = {}
  ) throws(EspalierError) {
    var maps: [Map] = []
    for kind in RobustnessProblem.Kind.allCases {
      for condition in kind.conditionNumbers {
        var problems: [RobustnessProblem] = []
        for trial in 0..<settings.trials {
          problems.append(try RobustnessProblem(kind, conditionNumber: condition, seed: settings.seed &+ UInt64(trial)))
        }
        for order in Order.allCases {
          for family in Family.allCases {
            maps.append(
              try kept.value("\(kind.rawValue) \(condition) \(order.rawValue) \(family.rawValue)") {
                let cells = settings.momenta.map { momentum in
                  settings.steps.map { step in
                    let method = family.method.method(step: step, momentum: momentum)
                    return StabilityCell(
                      medianOf: problems.enumerated().map { trial, problem in
                        problem.stability(
                          of: method, order: order.order(seed: settings.seed &+ UInt64(trial)),
                          iterations: settings.iterations)
                      })
                  }
                }
                return Map(kind, conditionNumber: condition, order, family, cells: cells)
              })
            progress()
          }
        }
      }
    }
    self.init(settings, maps: maps)
  }

  /// The result of these maps.
  package init(_ settings: Settings, maps: [Map]) {
    (self.settings, self.maps) = (settings, maps)
  }

  /// The maps of a family in an order, by problem.
  func maps(_ family: Family, _ order: Order) -> [Map] { maps.filter { $0.family == family && $0.order == order } }

  /// The number of cells with momentum in a map.
  var cellCount: Int { (settings.momenta.count - 1) * settings.steps.count }
}
