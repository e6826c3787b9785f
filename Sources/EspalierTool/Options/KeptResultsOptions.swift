import ArgumentParser
import EspalierFiles
import EspalierReports

/// The folder in which an experiment keeps what it has.
struct KeptResultsOptions: ParsableArguments {
  @Option(
    name: [.customLong("keep-results"), .customLong("checkpoint")],
    help: ArgumentHelp(
      "Keep results in this folder, network by network; a run that was interrupted goes on from what is there.",
      valueName: "folder"))
  var keepResults: String?

  /// The files to write, as far as they have fixed names.
  var outputs: [PlannedOutput?] {
    keepResults.map { PlannedOutput.files(["settings.json"], in: $0, "--keep-results") } ?? []
  }

  /// The results in the folder; without one, says that none are kept.
  func results(settings: [String: String], _ options: RunOptions) throws(EspalierError) -> KeptResults {
    if keepResults == nil, !options.quiet {
      StandardError.tell("an interrupted run begins anew; with --keep-results FOLDER it goes on from the results in it")
    }
    return try KeptResults(in: keepResults, settings: settings)
  }
}
