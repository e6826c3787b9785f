import EspalierFiles
import EspalierReports
import Foundation

/// All experiments of the two papers, one after another: what each figure and table shows, what came out here, and
/// whether each claim holds.
///
/// Every experiment keeps its results in a folder of its own, part by part; a run that was interrupted goes on from
/// them and ends at the same report. The report is written after each experiment.
package struct Reproduction: Sendable {
  /// One exhibit of a paper, with the experiment that answers it, or the reason why there is none.
  package enum Part: Sendable {
    /// The experiment.
    case experiment(any PaperExperiment)
    /// No experiment, because of a reason that ends no sentence.
    case missing(Exhibit, because: String)

    /// The exhibit.
    package var exhibit: Exhibit {
      switch self {
      case .experiment(let experiment): experiment.exhibit
      case .missing(let exhibit, _): exhibit
      }
    }
  }

  /// The parts, in the order in which they run.
  package let parts: [Part]
  /// The size at which the experiments run, in words, for the report.
  package let size: String

  /// A reproduction of these parts.
  package init(_ parts: [Part], size: String) {
    self.parts = parts
    self.size = size
  }

  /// The names of the files in the folder beside the experiments' own folders.
  package static let fileNames = ["report.html", "claims.json"]

  /// Runs what is missing in `folder`. Claims of an experiment that diverges are left open, and the others go on.
  ///
  /// - Parameters:
  ///   - command: The command, for the report.
  ///   - progress: Receives the experiment and its progress.
  /// - Throws: `EspalierError` as an experiment does that did not diverge.
  package func run(
    in folder: String, command: String, progress: (Exhibit, ReproductionStage) -> Void = { _, _ in }
  ) throws -> ReproductionReport {
    var outcomes: [Exhibit: ReproductionReport.Outcome] = [:]
    for part in parts {
      let notYet = ReproductionReport.Outcome.notRun(because: "the run has not come to it yet")
      outcomes[part.exhibit] = notYet
      if case .missing(_, let reason) = part { outcomes[part.exhibit] = .notRun(because: reason) }
    }
    func report() -> ReproductionReport { ReproductionReport(outcomes: outcomes, size: size, command: command) }
    for case .experiment(let experiment) in parts {
      let own = "\(folder)/\(experiment.exhibit.experiment)"
      do {
        try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
      } catch {
        throw EspalierError(.file, own, "cannot be made: \(error.localizedDescription)", remedy: "name another folder")
      }
      do {
        outcomes[experiment.exhibit] = .findings(
          try experiment.findings(in: own) { progress(experiment.exhibit, $0) })
      } catch let error as EspalierError where error.kind == .diverged {
        outcomes[experiment.exhibit] = .notRun(because: "it diverged: \(error.description)")
      }
      try report().write(to: folder)
    }
    let final = report()
    try final.write(to: folder)
    return final
  }
}
