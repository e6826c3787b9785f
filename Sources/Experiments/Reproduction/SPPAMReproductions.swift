import EspalierReports

/// `sppam-rates` as a part of `reproduce all`.
struct RatesReproduction: PaperExperiment {
  let iterations: Int
  let seed: UInt64

  var exhibit: Exhibit { .rates }

  func findings(in folder: String, progress: (ReproductionStage) -> Void) throws -> Findings {
    let settings = ["iterations": "\(iterations)", "seed": "\(seed)"]
    var done = 0
    let result = try RatesExperiment(
      iterations: iterations, seed: seed, keptIn: KeptResults(in: folder, settings: settings)
    ) {
      done += 1
      progress(ReproductionStage("rates", done, of: RatesExperiment.partCount, "parts"))
    }
    return Findings(
      claims: result.claims, figures: [.table(result.tables[0])], tables: Array(result.tables.dropFirst()),
      facts: Facts(sorted: settings))
  }
}

/// `sppam-stability` as a part of `reproduce all`.
struct StabilityReproduction: PaperExperiment {
  let settings: StabilityMap.Settings

  var exhibit: Exhibit { .stability }

  func findings(in folder: String, progress: (ReproductionStage) -> Void) throws -> Findings {
    let names = [
      "step sizes": "\(settings.steps.count)", "momenta": "\(settings.momenta)", "trials": "\(settings.trials)",
      "iterations": "\(settings.iterations)", "seed": "\(settings.seed)",
    ]
    var done = 0
    let result = try StabilityMap(settings, keptIn: KeptResults(in: folder, settings: names)) {
      done += 1
      progress(ReproductionStage("instances", done, of: StabilityMap.mapCount, "maps"))
    }
    return Findings(
      claims: result.claims, figures: result.charts, tables: [result.table], facts: Facts(sorted: names))
  }
}

/// `sppam-rules` as a part of `reproduce all`.
struct RulesReproduction: PaperExperiment {
  let settings: RulesExperiment.Settings
  let folder: String

  var exhibit: Exhibit { .rules }

  func findings(in output: String, progress: (ReproductionStage) -> Void) throws -> Findings {
    let names = [
      "tables": folder, "step sizes": "\(settings.steps.count)", "epochs": "\(settings.epochs)",
      "rows": "\(settings.rows)", "seed": "\(settings.seed)",
    ]
    var done = 0
    let result = try RulesExperiment(
      settings, folder: folder, keptIn: KeptResults(in: output, settings: names)
    ) {
      done += 1
      progress(ReproductionStage("runs", done, of: RulesExperiment.runCount(settings), "runs"))
    }
    return Findings(
      claims: result.claims, figures: result.charts, tables: [result.table], facts: Facts(sorted: names))
  }
}
