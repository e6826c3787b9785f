import EspalierReports

/// `ispasp-decay` as a part of `reproduce all`.
struct DecayReproduction: PaperExperiment {
  let trials: Int
  let seed: UInt64

  var exhibit: Exhibit { .syntheticDecay }

  func findings(in folder: String, progress: (ReproductionStage) -> Void) throws -> Findings {
    let settings = DecayReport.settings(trials: trials, seed: seed)
    var done = 0
    let report = try DecayReport(trials: trials, seed: seed, keptIn: KeptResults(in: folder, settings: settings)) {
      done += 1
      progress(ReproductionStage("instances", done, of: DecayReport.stepCount, "curves"))
    }
    return Findings(
      claims: report.claims,
      figures: (report.decayCharts + report.recoveryCharts + [report.depthChart]).map(Block.chart),
      tables: report.tables, facts: Facts(sorted: settings))
  }
}

/// `sppam-quadratic` as a part of `reproduce all`.
struct QuadraticReproduction: PaperExperiment {
  let seed: UInt64

  var exhibit: Exhibit { .quadraticMap }

  func findings(in folder: String, progress: (ReproductionStage) -> Void) throws -> Findings {
    let settings = ["seed": "\(seed)"]
    var done = 0
    let report = try QuadraticReport(seed: seed, keptIn: KeptResults(in: folder, settings: settings)) {
      done += 1
      progress(ReproductionStage("maps", done, of: QuadraticMap.methods.count, "maps"))
    }
    return Findings(
      claims: report.claims, figures: report.charts, tables: [report.table], facts: Facts(sorted: settings))
  }
}

/// `sppam-glm` as a part of `reproduce all`.
struct RegressionReproduction: PaperExperiment {
  let trials: Int
  let cap: Int
  let seed: UInt64

  var exhibit: Exhibit { .regressions }

  func findings(in folder: String, progress: (ReproductionStage) -> Void) throws -> Findings {
    let settings = RobustnessExperiment.settings(trials: trials, cap: cap, seed: seed)
    var done = 0
    let result = try RobustnessExperiment(
      trials: trials, cap: cap, seed: seed, keptIn: KeptResults(in: folder, settings: settings)
    ) {
      done += 1
      progress(ReproductionStage("instances", done, of: RobustnessExperiment.curveCount, "curves"))
    }
    return Findings(
      claims: result.claims, figures: result.charts, tables: [result.table], facts: Facts(sorted: settings))
  }
}

extension Facts {
  /// Settings in the order of their names, which begin with a capital in a report.
  init(sorted settings: [String: String]) {
    self.init(
      settings.sorted { $0.key < $1.key }.map { Fact($0.key.prefix(1).uppercased() + $0.key.dropFirst(), $0.value) })
  }
}
