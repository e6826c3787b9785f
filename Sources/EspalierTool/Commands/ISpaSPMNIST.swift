import ArgumentParser
import EspalierDatasets
import EspalierExperiments
import EspalierReports
import EspalierWorkflows

/// `espalier reproduce ispasp-mnist`.
struct ISpaSPMNIST: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "ispasp-mnist",
    abstract: "Accuracy and time to prune a two-layer network, for i-SpaSP and for greedy forward selection.",
    discussion: """
      EXAMPLE:
        espalier reproduce ispasp-mnist --data mnist:DIR --seeds 3 --keep-results out --report mnist.html
      """)

  @Option(help: "The data: mnist:DIR or fashion-mnist:DIR, a folder with the four IDX files.") var data: DataArgument
  @Option(help: "How often every sample is seen in training.") var epochs = 5
  @Option(help: "Train and prune so many networks and report means.") var seeds = 1
  @Option(help: "Unlabelled samples that pruning looks at.") var samples = 2048
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @OptionGroup var keeping: KeptResultsOptions
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allowsRepetitions(epochs, seeds) else {
      throw ValidationError("--epochs and --seeds take \(Count.repetitionWords)")
    }
    guard Count.allows(samples) else { throw ValidationError("--samples takes \(Count.words)") }
  }

  func run() throws {
    try OutputPlan(
      reading: [.data(data, "--data")], writing: [.text(report, "--report")] + keeping.outputs
    ).check()
    let (train, test) = (try data.open(.train), try data.open(.test))
    let experiment = TwoLayerExperiment(
      recipe: TwoLayerRecipe(epochs: epochs), sampleCount: samples, seeds: (0..<UInt64(seeds)).map { $0 })
    let kept = try keeping.results(settings: experiment.settings(train: train, test: test), options)
    let outcome = try experiment.run(train: train, test: test, keptIn: kept, options)
    let subject = try outcome.costSubject(
      experiment.sizes, calibration: train.prefix(min(samples, train.count)), test: test)
    let line = options.progress(
      "greedy selection by forward passes", total: CostOfPruning.stepCount(experiment.sizes), unit: "units")
    let cost = try CostOfPruning(of: subject, seed: 0, keptIn: kept) { line.advance() }
    line.finish()
    try report.map(document(outcome, cost, dataset: train.name).write(to:))

    for table in outcome.summary.accuracyTables + cost.tables {
      try StandardOutput.print(TextTable(table, for: .standardOutput).text + "\n")
    }
    for claim in cost.claims { try StandardOutput.print("\(claim.verdict): \(claim.text) \(claim.reason)") }
  }

  private func document(_ outcome: TwoLayerExperiment.Outcome, _ cost: CostOfPruning, dataset: String) -> Document {
    Document(
      title: "i-SpaSP on a two-layer network", subtitle: dataset,
      sections: [
        Section("Claims", cost.claims.map(\.block)),
        Section("Cost of pruning", [cost.charts] + cost.tables.map(Block.table)),
      ] + outcome.sections(dataset: dataset)
        + [Section("Environment", [.facts(Environment.facts), .code(CommandLine.arguments.joined(separator: " "))])])
  }
}
