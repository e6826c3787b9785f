import ArgumentParser
import EspalierExperiments
import EspalierReports

/// `espalier reproduce ispasp-decay`.
struct ISpaSPDecay: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "ispasp-decay",
    abstract: "How fast i-SpaSP's residual falls when the hidden representation is compressible.",
    discussion: "EXAMPLE:\n  espalier reproduce ispasp-decay --report decay.html")

  @Option(help: "Random instances for each curve.") var trials = 5
  @Option(help: "The instances follow from it.") var seed: UInt64 = 0
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allowsRepetitions(trials) else { throw ValidationError("--trials takes \(Count.repetitionWords)") }
  }

  func run() throws {
    try OutputPlan(writing: [.text(report, "--report")]).check()
    let line = options.progress(
      "instances", total: DecayReport.sizes.count * DecayReport.exponents.count, unit: "curves")
    let result = try DecayReport(trials: trials, seed: seed) { line.advance() }
    line.finish()
    try report.map(result.document.write(to:))
    try StandardOutput.print(TextTable(result.table, for: .standardOutput).text)
    try StandardOutput.print(
      "\nclaim: polynomial decay, faster for smaller p, at least as fast as promised: "
        + (result.holds ? "holds" : "FAILS")
    )
  }
}
