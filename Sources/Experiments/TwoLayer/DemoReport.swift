import EspalierReports
import EspalierWorkflows

/// The report of `demo`.
package struct DemoReport: Sendable {
  /// The outcome.
  package let outcome: TwoLayerExperiment.Outcome
  /// The name of the training data.
  package let dataset: String
  /// The smallest network by the default method, timed against the dense one.
  package let latency: LatencyComparison
  /// The command that was run.
  package let command: String

  /// Reports on `outcome`.
  package init(_ outcome: TwoLayerExperiment.Outcome, dataset: String, latency: LatencyComparison, command: String) {
    self.outcome = outcome
    self.dataset = dataset
    self.latency = latency
    self.command = command
  }

  /// The report as a page.
  package var document: Document {
    let differences = outcome.comparisons[0].outcomes.map(\.verifiedDifference)
    let worst = differences.max() ?? 0
    let verdicts = Section(
      "Proven and measured",
      [
        .verdict(
          .information, claim: "Surgery is exact; what pruning costs in accuracy is in the tables below.",
          evidence:
            "\(differences.count) networks equal the dense one with the same weights and the dropped units masked; "
            + "the largest relative difference is \(Format.number(worst, digits: 2))."),
        .verdict(
          latency.isFaster ? .holds : .fails, claim: "The smallest network is faster on this machine.",
          evidence:
            "Median \(Format.duration(latency.before.median)) dense, \(Format.duration(latency.after.median)) pruned, "
            + "batch \(latency.batch), timed in turn: \(Format.times(latency.speedup))."),
      ])
    return Document(
      title: "Espalier: a two-layer network, pruned", subtitle: dataset,
      sections: [verdicts] + outcome.sections(dataset: dataset)
        + [Section("Environment", [.facts(Environment.facts), .code(command)])])
  }
}
