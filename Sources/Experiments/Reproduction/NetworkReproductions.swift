import EspalierDatasets
import EspalierExecution
import EspalierReports

/// `ispasp-mnist` as a part of `reproduce all`.
struct TwoLayerReproduction: PaperExperiment {
  let experiment: TwoLayerExperiment
  let train: any Dataset
  let test: any Dataset
  let backend: any Backend

  var exhibit: Exhibit { .twoLayer }

  func findings(in folder: String, progress: (ReproductionStage) -> Void) throws -> Findings {
    let settings = experiment.settings(train: train, test: test)
    let kept = try KeptResults(in: folder, settings: settings)
    var (pruned, steps) = (0, 0)
    let outcome = try experiment.run(train: train, test: test, keptIn: kept) { stage in
      switch stage {
      case .training(let step, let network):
        progress(
          ReproductionStage("training, network \(network + 1)", step.step, of: step.stepCount, "steps"))
      case .pruned:
        pruned += 1
        progress(ReproductionStage("pruning", pruned, of: experiment.pruningCount, "networks"))
      }
    }
    let subject = try outcome.costSubject(
      experiment.sizes, calibration: train.prefix(experiment.sampleCount), test: test)
    let cost = try CostOfPruning(of: subject, seed: 0, keptIn: kept, backend: backend) {
      steps += 1
      progress(
        ReproductionStage("selection by forward passes", steps, of: CostOfPruning.stepCount(subject.sizes), "units"))
    }
    return Findings(
      claims: cost.claims, figures: [.chart(outcome.summary.accuracyChart), cost.charts],
      tables: outcome.summary.accuracyTables + cost.tables, facts: Facts(sorted: settings))
  }
}

/// `sppam-networks` as a part of `reproduce all`.
struct StepSizeReproduction: PaperExperiment {
  let settings: NetworkRobustness.Settings
  let train: any Dataset
  let test: any Dataset
  let backend: any Backend

  var exhibit: Exhibit { .networks }

  func findings(in folder: String, progress: (ReproductionStage) -> Void) throws -> Findings {
    let names = NetworkRobustness.settings(settings, train: train, test: test)
    var done = 0
    let result = try NetworkRobustness(
      settings, train: train, test: test, keptIn: KeptResults(in: folder, settings: names), backend: backend
    ) { _ in
      done += 1
      progress(ReproductionStage("runs", done, of: settings.runCount, "runs"))
    }
    return Findings(
      claims: result.claims, figures: [result.charts], tables: [result.table], facts: Facts(sorted: names))
  }
}

/// An experiment on pruned networks as a part of `reproduce all`.
struct PruningReproduction<Study: PruningStudy>: PaperExperiment {
  let experiment: PruningExperiment<Study>
  let train: any Dataset
  let test: any Dataset
  let command: String

  var exhibit: Exhibit { Study.exhibit(experiment.study.settings) }

  func findings(in folder: String, progress: (ReproductionStage) -> Void) throws -> Findings {
    let store = ResultsStore(folder, command: command)
    let batch = experiment.study.settings.batchSize
    let results = try experiment.run(train: train, test: test, store: store) { stage in
      switch stage {
      case .training(let title, let step):
        progress(
          ReproductionStage("training, \(title)", step.sampleCount, of: step.stepCount * batch, "samples"))
      case .calibration(let title, let count, let total):
        progress(ReproductionStage("calibration, \(title)", count, of: total, "samples"))
      case .results: break
      }
    }
    return results.findings
  }
}

extension PruningResults {
  /// The results as a part of `reproduce all`.
  var findings: Findings {
    guard let dense else { return Findings(claims: [], figures: [], tables: [], facts: Facts([])) }
    return Findings(
      claims: judgedClaims(dense), figures: charts(dense), tables: tables, facts: Study.facts(settings, dense))
  }
}
