import ArgumentParser
import EspalierExperiments
import EspalierFiles
import EspalierReports

/// `espalier reproduce all`.
struct ReproduceAll: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "all",
    abstract:
      "Every figure and table of both papers that this machine bears, in one report with a verdict on each claim.",
    discussion: """
      Writes report.html, claims.json and a folder for each experiment. What is there is not computed again: a run \
      that was interrupted goes on when the same command is given again.

      EXAMPLES:
        espalier reproduce all --quick --output-directory out
        espalier reproduce all --data mnist:DIR --encoder bert.onnx --text XNLI --output-directory out-full
      """)

  @Option(help: "The folder to write to; a run that was interrupted goes on from what is there.")
  var outputDirectory: String
  @OptionGroup var reproduction: ReproductionOptions
  @OptionGroup var options: RunOptions

  func run() throws {
    try OutputPlan(
      reading: reproduction.inputs,
      writing: PlannedOutput.files(Reproduction.fileNames, in: outputDirectory, "--output-directory")
    ).check()
    let command = CommandLine.arguments.joined(separator: " ")
    let plan = try reproduction.plan(options, command: command)
    let lines = StageLines(options, batch: 1)
    let report = try plan.reproduction().run(in: outputDirectory, command: command) { exhibit, stage in
      lines.show(stage, of: exhibit.experiment)
    }
    lines.finish()
    try StandardOutput.print(TextTable(report.summary, for: .standardOutput).text)
    try StandardOutput.print("\n\(outputDirectory)/\(Reproduction.fileNames[0]) shows each beside the paper")
  }
}
