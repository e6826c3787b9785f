import ArgumentParser
import EspalierExperiments
import EspalierReports

/// `espalier reproduce sppam-rules`.
struct SPPAMRules: ResourceCommand {
  static let configuration = CommandConfiguration(
    commandName: "sppam-rules",
    abstract: "SPPAM under a control of its step size beside the rules of others, on regressions of real data.",
    discussion: """
      FOLDER holds what Benchmarks/Peers/fetch_glm_data.py writes: rand.csv, doctor.csv, bikes.csv, diamonds.csv, \
      flights.csv, default.csv, caravan.csv and mortgages.csv. Data sets that are not there are left out, and named.

      EXAMPLE:
        espalier reproduce sppam-rules --tables FOLDER --report rules.html
      """)

  @Option(help: ArgumentHelp("The folder of the data sets.", valueName: "FOLDER")) var tables: String
  @Option(help: "How often every row is seen.") var epochs = 20
  @Option(help: "The most rows of a data set.") var rows = 10_000
  @Option(help: "The number of step sizes, from 1e-3 to 1e3.") var steps = 7
  @Option(help: "Rows and their order follow from it.") var seed: UInt64 = 0
  @OptionGroup var outputs: ExperimentOutputs
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var resources: ResourceOptions

  func validate() throws {
    guard Count.allowsRepetitions(epochs, steps), Count.allows(rows) else {
      throw ValidationError("--epochs and --steps take \(Count.repetitionWords), --rows \(Count.words)")
    }
  }

  func run() throws {
    try OutputPlan(
      reading: RulesExperiment.files(in: tables).map { .file($0, "--tables") }, writing: outputs.planned
    ).check()
    let (kept, checkpoints) = try checkpoint.results(writing: outputs.json, outputs.report)
    let settings = RulesExperiment.Settings(stepCount: steps, epochs: epochs, rows: rows, seed: seed)
    let line = ProgressLine(
      "runs", total: RulesExperiment.runCount(settings), unit: "runs", isQuiet: outputs.quiet)
    let result = try RulesExperiment(settings, folder: tables, keptIn: kept) { line.advance() }
    line.finish()
    try outputs.write(result, result.document, tables: [result.table], claims: result.claims)
    checkpoints?.finish()
  }
}
