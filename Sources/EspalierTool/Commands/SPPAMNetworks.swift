import ArgumentParser
import EspalierExperiments
import EspalierReports

/// `espalier reproduce sppam-networks`.
struct SPPAMNetworks: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "sppam-networks",
    abstract:
      """
      Accuracy against step size and momentum for a feed-forward and a convolutional network: SPPA, SPPAM and the \
      rules of others.
      """,
    discussion: """
      EXAMPLE:
        espalier reproduce sppam-networks --data fashion-mnist:DIR --training-samples 10000 --report networks.html
      """)

  @Option(help: "Labelled images in two parts, as fashion-mnist:DIR or mnist:DIR.") var data: DataArgument
  @Option(help: "Train on so many samples only.") var trainingSamples: Int?
  @Option(help: "Evaluate on so many test samples only.") var testSamples: Int?
  @Option(help: "How often every sample is seen.") var epochs = 5
  @Option(help: "Samples in a step.") var batch = 64
  @Option(help: "The most gradient steps towards a proximal step.") var innerSteps = 5
  @Option(help: "The number of step sizes, from 1e-4 to 10.") var steps = 11
  @Option(help: "The momenta of the rules that take one, by commas.") var momenta = MomentaArgument([0.5, 0.9])
  @Option(help: "Weights and batches follow from it.") var seed: UInt64 = 0
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allowsRepetitions(epochs, steps) else {
      throw ValidationError("--epochs and --steps take \(Count.repetitionWords)")
    }
    guard Count.allows(batch, innerSteps, trainingSamples, testSamples) else {
      throw ValidationError("--batch, --inner-steps, --training-samples and --test-samples take \(Count.words)")
    }
  }

  func run() throws {
    try OutputPlan(reading: [.data(data, "--data")], writing: [.text(json, "--json"), .text(report, "--report")])
      .check()
    let (kept, checkpoints) = try checkpoint.results(writing: json, report)
    let whole = try data.open(.train)
    let train = trainingSamples.map { whole.prefix($0) } ?? whole
    let held = try data.open(.test)
    let settings = NetworkRobustness.Settings(
      epochs: epochs, batchSize: batch, innerSteps: innerSteps, stepCount: steps, momenta: momenta.values, seed: seed)
    let line = options.progress("runs", total: settings.runCount, unit: "runs")
    let result = try NetworkRobustness(
      settings, train: train, test: testSamples.map { held.prefix($0) } ?? held, keptIn: kept,
      backend: options.chosenBackend
    ) { _ in line.advance() }
    line.finish()
    try report.map(result.document.write(to:))
    try json.map { try JSONReport.write(result, to: $0) }
    checkpoints?.finish()
    guard json != "-" else { return }
    try StandardOutput.print(TextTable(result.table, for: .standardOutput).text)
    try StandardOutput.print("")
    for claim in result.claims { try StandardOutput.print(claim.line) }
  }
}
