import ArgumentParser
import EspalierExperiments
import EspalierReports

/// `espalier reproduce sppam-glm`.
struct SPPAMGLM: ResourceCommand {
  static let configuration = CommandConfiguration(
    commandName: "sppam-glm",
    abstract:
      "Iterations against step size for linear and Poisson regression: SGD, SPPA and SPPAM, averaged and joint.",
    discussion: "EXAMPLE:\n  espalier reproduce sppam-glm --report glm.html")

  @Option(help: "Random instances for each figure.") var trials = 5
  @Option(help: "The most iterations of a trial.") var cap = 10_000
  @Option(help: "The instances follow from it.") var seed: UInt64 = 0
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var resources: ResourceOptions
  @Flag(name: .shortAndLong, help: "Say nothing on standard error unless something is wrong.") var quiet = false

  func validate() throws {
    guard Count.allowsRepetitions(trials, cap) else {
      throw ValidationError("--trials and --cap take \(Count.repetitionWords)")
    }
  }

  func run() throws {
    try OutputPlan(writing: [.text(report, "--report")]).check()
    let (kept, checkpoints) = try checkpoint.results(writing: report)
    let line = ProgressLine("instances", total: RobustnessExperiment.curveCount, unit: "curves", isQuiet: quiet)
    let result = try RobustnessExperiment(trials: trials, cap: cap, seed: seed, keptIn: kept) { line.advance() }
    line.finish()
    try report.map(result.document.write(to:))
    checkpoints?.finish()
    try StandardOutput.print(TextTable(result.table, for: .standardOutput).text)
    try StandardOutput.print("")
    for claim in result.claims { try StandardOutput.print(claim.line) }
  }
}
