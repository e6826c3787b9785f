import ArgumentParser
import EspalierExperiments

/// `espalier reproduce sppam-rates`.
struct SPPAMRates: ResourceCommand {
  static let configuration = CommandConfiguration(
    commandName: "sppam-rates",
    abstract: "SPPAM's contraction factors, neighbourhood and sensitivity to wrong constants, in theory and in fact.",
    discussion: "EXAMPLE:\n  espalier reproduce sppam-rates --report rates.html")

  @Option(help: "The steps over which averages are taken.") var iterations = 20_000
  @Option(help: "Noise and random problems follow from it.") var seed: UInt64 = 0
  @OptionGroup var outputs: ExperimentOutputs
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var resources: ResourceOptions

  func validate() throws {
    guard Count.allowsRepetitions(iterations) else {
      throw ValidationError("--iterations takes \(Count.repetitionWords)")
    }
  }

  func run() throws {
    try OutputPlan(writing: outputs.planned).check()
    let (kept, checkpoints) = try checkpoint.results(writing: outputs.json, outputs.report)
    let result = try RatesExperiment(iterations: iterations, seed: seed, keptIn: kept)
    try outputs.write(result, result.document, tables: result.tables, claims: result.claims)
    checkpoints?.finish()
  }
}
