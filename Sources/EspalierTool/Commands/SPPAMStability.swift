import ArgumentParser
import EspalierExperiments
import EspalierReports

/// `espalier reproduce sppam-stability`.
struct SPPAMStability: ResourceCommand {
  static let configuration = CommandConfiguration(
    commandName: "sppam-stability",
    abstract: "For which step sizes and momenta SGD, SGDM, SPPA and SPPAM converge on linear and Poisson regression.",
    discussion: """
      Batches are drawn with replacement, as in theory, and taken from shuffled and from cyclic epochs.

      EXAMPLE:
        espalier reproduce sppam-stability --report stability.html
      """)

  @Option(help: "Random instances for each cell.") var trials = 3
  @Option(help: "Iterations of each run.") var iterations = 500
  @Option(help: "The number of step sizes, from 1e-3 to 1e3.") var steps = 13
  @Option(help: "The momenta beside 0, by commas.") var momenta = MomentaArgument([0.5, 0.8, 0.9, 0.95, 0.99])
  @Option(help: "Instances and batches follow from it.") var seed: UInt64 = 0
  @OptionGroup var outputs: ExperimentOutputs
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var resources: ResourceOptions

  func validate() throws {
    guard Count.allowsRepetitions(trials, iterations, steps) else {
      throw ValidationError("--trials, --iterations and --steps take \(Count.repetitionWords)")
    }
  }

  func run() throws {
    try OutputPlan(writing: outputs.planned).check()
    let (kept, checkpoints) = try checkpoint.results(writing: outputs.json, outputs.report)
    let line = ProgressLine("instances", total: StabilityMap.mapCount, unit: "maps", isQuiet: outputs.quiet)
    let result = try StabilityMap(
      .init(stepCount: steps, momenta: [0] + momenta.values, trials: trials, iterations: iterations, seed: seed),
      keptIn: kept
    ) { line.advance() }
    line.finish()
    try outputs.write(result, result.document, tables: [result.table], claims: result.claims)
    checkpoints?.finish()
  }
}
