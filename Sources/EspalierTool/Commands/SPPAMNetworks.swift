import ArgumentParser
import EspalierExperiments
import EspalierReports

/// `espalier reproduce sppam-networks`.
struct SPPAMNetworks: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "sppam-networks",
    abstract:
      """
      Accuracy against step size for a feed-forward and a convolutional network: SGD, SGDM, SPPA and SPPAM, damped or \
      not.
      """,
    discussion: """
      EXAMPLE:
        espalier reproduce sppam-networks --data fashion-mnist:DIR --training-samples 10000 --report networks.html
      """)

  @Option(help: "Labelled images in two parts, as fashion-mnist:DIR or mnist:DIR.") var data: DataArgument
  @Option(help: "Train on so many samples only.") var trainingSamples: Int?
  @Option(help: "How often every sample is seen.") var epochs = 5
  @Option(help: "Samples in a step.") var batch = 64
  @Option(help: "The most gradient steps towards a proximal step.") var innerSteps = 5
  @Option(help: "Weights and batches follow from it.") var seed: UInt64 = 0
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allowsRepetitions(epochs) else { throw ValidationError("--epochs takes \(Count.repetitionWords)") }
    guard Count.allows(batch, innerSteps, trainingSamples) else {
      throw ValidationError("--batch, --inner-steps and --training-samples take \(Count.words)")
    }
  }

  func run() throws {
    try OutputPlan(reading: [.data(data, "--data")], writing: [.text(report, "--report")]).check()
    let whole = try data.open(.train)
    let train = trainingSamples.map { whole.prefix($0) } ?? whole
    let line = options.progress("runs", total: NetworkRobustness.runCount, unit: "runs")
    let result = try NetworkRobustness(
      .init(epochs: epochs, batchSize: batch, innerSteps: innerSteps, seed: seed), train: train,
      test: try data.open(.test), backend: options.chosenBackend
    ) { _ in line.advance() }
    line.finish()
    try report.map(result.document.write(to:))
    try StandardOutput.print(TextTable(result.table, for: .standardOutput).text)
    try StandardOutput.print("")
    for claim in result.claims { try StandardOutput.print(claim.line) }
  }
}
