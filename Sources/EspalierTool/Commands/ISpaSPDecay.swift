import ArgumentParser
import EspalierExperiments
import EspalierFiles
import EspalierReports

/// `espalier reproduce ispasp-decay`.
struct ISpaSPDecay: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "ispasp-decay",
    abstract: "How fast i-SpaSP's residual falls when the hidden representation is compressible.",
    discussion: """
      Also what it finds of the true support with few outputs, noise and correlated weights, how the error grows with \
      the number of pruned layers, and, with --model, how a trained network compares.

      EXAMPLES:
        espalier reproduce ispasp-decay --report decay.html
        espalier reproduce ispasp-decay --model model.onnx --calibration images/ --report decay.html
      """)

  @Option(help: "Random instances for each curve.") var trials = 5
  @Option(help: "The instances follow from it.") var seed: UInt64 = 0
  @OptionGroup var trained: TrainedNetworkOptions
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allowsRepetitions(trials) else { throw ValidationError("--trials takes \(Count.repetitionWords)") }
  }

  func run() throws {
    try OutputPlan(reading: trained.inputs, writing: [.text(json, "--json"), .text(report, "--report")]).check()
    let (kept, checkpoints) = try checkpoint.results(writing: json, report)
    let groups = try trained.decays(options)
    let line = options.progress("instances", total: DecayReport.stepCount, unit: "curves")
    var result = try DecayReport(trials: trials, seed: seed, keptIn: kept) { line.advance() }
    line.finish()
    result.trained = groups
    result.command = CommandLine.arguments.joined(separator: " ")
    try report.map(result.document.write(to:))
    if let json { try JSONReport.write(DecayJSON(result), to: json) }
    checkpoints?.finish()
    guard json != "-" else { return }
    for table in result.tables { try StandardOutput.print(TextTable(table, for: .standardOutput).text + "\n") }
    for claim in result.claims { try StandardOutput.print(claim.line) }
  }
}
