import ArgumentParser
import EspalierExperiments
import EspalierReports

/// `espalier reproduce sppam-quadratic`.
struct SPPAMQuadratic: ResourceCommand {
  static let configuration = CommandConfiguration(
    commandName: "sppam-quadratic",
    abstract: "For which step sizes and momenta GD, PPA, GDM and PPAM converge on a quadratic, in theory and in fact.",
    discussion: "EXAMPLE:\n  espalier reproduce sppam-quadratic --report quadratic.html")

  @Option(help: "The quadratic follows from it.") var seed: UInt64 = 0
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @OptionGroup var checkpoint: CheckpointOptions
  @Flag(name: .shortAndLong, help: "Say nothing on standard error unless something is wrong.") var quiet = false
  @OptionGroup var resources: ResourceOptions

  func run() throws {
    try OutputPlan(writing: [.text(report, "--report")]).check()
    let (kept, checkpoints) = try checkpoint.results(writing: report)
    let line = ProgressLine("maps", total: QuadraticMap.methods.count, unit: "maps", isQuiet: quiet)
    let result = try QuadraticReport(seed: seed, keptIn: kept) { line.advance() }
    line.finish()
    try report.map(result.document.write(to:))
    checkpoints?.finish()
    try StandardOutput.print(TextTable(result.table, for: .standardOutput).text)
    try StandardOutput.print(
      "\nclaim: theory and simulation agree off the boundary: \(result.theoryHolds ? "holds" : "FAILS")")
    let mistakes = result.publishedMistakeCount
    try StandardOutput.print(
      "claim: PPAM's condition as it is printed: \(mistakes == 0 ? "holds" : "FAILS in \(mistakes) cells")")
    for map in result.maps {
      for cell in map.disagreements {
        try StandardOutput.print(
          "  \(map.method.rawValue): step \(cell.step), momentum \(cell.momentum), radius \(cell.spectralRadius)")
      }
    }
    try StandardOutput.print(
      "claim: proximal steps widen the region of convergence: \(result.proximalIsWider ? "holds" : "FAILS")")
  }
}
