import EspalierDatasets
import EspalierExperiments
import EspalierReports

extension PruningExperiment {
  /// Runs the experiment with progress lines on standard error, updates the files in `folder`, and prints its tables.
  /// tables.
  func run(train: any Dataset, test: any Dataset, in folder: String, _ options: RunOptions) throws {
    let store = ResultsStore(folder, command: CommandLine.arguments.joined(separator: " "))
    let lines = StageLines(options, batch: study.settings.batchSize)
    let results = try run(train: train, test: test, store: store) { stage in
      switch stage {
      case .calibration(let title, let count, let total): lines.calibration(title, count, of: total)
      case .training(let title, let progress): lines.training(title, progress)
      case .results: lines.finish()
      }
    }
    lines.finish()
    SkippedSamples.report(train.skipped + test.skipped)
    try StandardOutput.print(results.tables.map { TextTable($0, for: .standardOutput).text }.joined(separator: "\n\n"))
    try StandardOutput.print("\n\(store.reportPath) says whether the paper's claims hold")
  }
}
