import EspalierFiles
import EspalierReports
import EspalierWorkflows

/// `reproduce ispasp-decay`: the paper's curves with their fitted and promised degrees, the cases that test the
/// algorithm, error against depth, and the groups of a trained network.
package struct DecayReport: Sendable {
  /// One curve for each size and exponent.
  package let decays: [SyntheticDecay]
  /// Cases in which the true support is hard to find.
  package let recoveries: [SupportRecovery]
  /// Error against depth, for each of ``depthExponents``.
  package let depths: [DepthDecay]
  /// The groups of a trained network; empty if none is given.
  package var trained: [TrainedDecay] = []
  /// The number of random instances for each curve.
  package let trials: Int
  /// The command line that makes it.
  package var command = "espalier reproduce ispasp-decay"

  /// Hidden sizes of the paper.
  package static let sizes = [100, 200]
  /// Exponents of the paper.
  package static let exponents = [0.3, 0.5, 0.7, 0.9]
  /// Exponents of the networks whose depth varies: two of the paper's, and one as trained networks have.
  package static let depthExponents = [0.5, 0.9, 3]

  /// The settings on which results depend, by name.
  package static func settings(trials: Int, seed: UInt64) -> [String: String] {
    ["trials": "\(trials)", "seed": "\(seed)"]
  }

  /// How often `progress` is called.
  package static var stepCount: Int {
    let cases = SupportRecovery.Series.allCases.reduce(0) { $0 + SupportRecovery.values(of: $1).count }
    return sizes.count * exponents.count + cases * SupportRecovery.exponents.count + depthExponents.count
  }

  /// Runs what is missing of the experiments on random instances.
  ///
  /// - Parameters:
  ///   - kept: The curves and cases of an earlier run, to which these are added.
  ///   - progress: Called after each curve and case.
  /// - Throws: `EspalierError` if results cannot be kept.
  package init(
    trials: Int, seed: UInt64, keptIn kept: KeptResults = .none, progress: () -> Void = {}
  ) throws(EspalierError) {
    var decays: [SyntheticDecay] = []
    for size in Self.sizes {
      for exponent in Self.exponents {
        decays.append(
          try kept.value("\(size) units, p = \(exponent)") {
            SyntheticDecay(hiddenSize: size, exponent: exponent, trials: trials, seed: seed)
          })
        progress()
      }
    }
    var recoveries: [SupportRecovery] = []
    for series in SupportRecovery.Series.allCases {
      for exponent in SupportRecovery.exponents {
        for value in SupportRecovery.values(of: series) {
          recoveries.append(
            try kept.value("\(series.rawValue) \(value), p = \(exponent)") {
              SupportRecovery(series, value, exponent: exponent, trials: trials, seed: seed)
            })
          progress()
        }
      }
    }
    depths = try Self.depthExponents.map { (exponent) throws(EspalierError) in
      defer { progress() }
      return try kept.value("depth, p = \(exponent)") {
        DepthDecay(exponent: exponent, trials: trials, seed: seed)
      }
    }
    self.decays = decays
    self.recoveries = recoveries
    self.trials = trials
  }

  /// The report.
  package var document: Document {
    var sections = [
      Section("Claims", claims.map(\.block)),
      Section("Residual against size", [.sideBySide(decayCharts.map(Block.chart)), .table(table)]),
      Section(
        "What is found of the true support", [.sideBySide(recoveryCharts.map(Block.chart)), .table(recoveryTable)]),
      Section("Error against depth", [.chart(depthChart), .table(depthTable)]),
    ]
    if !trained.isEmpty {
      sections.append(Section("A trained network", [.chart(trainedChart), .table(trainedTable)]))
    }
    sections.append(Section("Environment", [.facts(Environment.facts), .code(command)]))
    return Document(
      title: "i-SpaSP on compressible hidden representations",
      subtitle: "Theory and synthetic experiments, Wolfe & Kyrillidis (L4DC 2022), sections 4 and 5", sections: sections
    )
  }
}
