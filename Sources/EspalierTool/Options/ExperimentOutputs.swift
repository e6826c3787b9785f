import ArgumentParser
import EspalierExperiments
import EspalierReports

/// The outputs of an experiment on SPPAM: a table and the claims on standard output, and the same as files.
struct ExperimentOutputs: ParsableArguments {
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @Flag(name: .shortAndLong, help: "Say nothing on standard error unless something is wrong.") var quiet = false

  /// The files to write, for the plan of a command.
  var planned: [PlannedOutput?] { [.text(json, "--json"), .text(report, "--report")] }

  /// Writes the files, and prints tables and claims unless JSON goes to standard output.
  func write(_ result: some Encodable, _ document: Document, tables: [Table], claims: [JudgedClaim]) throws {
    try report.map(document.write(to:))
    try json.map { try JSONReport.write(result, to: $0) }
    guard json != "-" else { return }
    for table in tables {
      try StandardOutput.print(TextTable(table, for: .standardOutput).text)
      try StandardOutput.print("")
    }
    for claim in claims { try StandardOutput.print(claim.line) }
  }
}
