import EspalierReports
import EspalierWorkflows

extension RulesExperiment {
  /// Epochs to 1 % of the way and what remains in the end, by data set, rule and step size.
  package var table: Table {
    Table(
      ["Data", "Rule"] + settings.steps.map { .numbers("η = \(Format.number($0, digits: 2))") },
      rows: dataSets.flatMap { data in
        UpdateRule.allCases.map { rule in
          [Cell(data), Cell(rule.rawValue)]
            + runs(data, rule).map { run in
              guard run.remaining.isFinite else { return Cell("✕") }
              return Cell("\(run.epochs.map(String.init) ?? "–") / \(Format.number(run.remaining, digits: 1))")
            }
        }
      },
      caption: "Epochs until 1 % of the way from f(0) to the optimum is left / the share of it that is left after "
        + "\(settings.epochs) epochs; –: more epochs, ✕: diverged. At most \(Format.grouped(settings.rows)) rows of "
        + "each data set, batches of \(RegressionRun.batch), shuffled epochs"
        + (missing.isEmpty ? "." : "; without \(missing.joined(separator: ", ")), whose files are not there."))
  }

  /// What is left of the way against step size, a chart for each data set.
  package var charts: [Block] {
    let charts = dataSets.map { data in
      Block.chart(
        Chart(
          data, x: Axis("step size η", .logarithmic), y: Axis("left of the way", .logarithmic, range: 1e-6...1),
          series: UpdateRule.allCases.map { rule in
            Series(
              rule.rawValue,
              runs(data, rule).map { Point($0.step, $0.remaining < 1 ? max($0.remaining, 1e-6) : .nan) },
              isEmphasised: rule == .controlled)
          }, caption: "After \(settings.epochs) epochs; a line ends where nothing was gained."))
    }
    return charts.inPairs
  }

  /// The report.
  package var document: Document {
    Document(
      title: "Rules for step sizes on real data",
      subtitle: "SPPAM under control beside the rules of others, from every step size",
      sections: [
        Section("Claims", claims.map(\.block)),
        Section("What is left of the way to the optimum", charts),
        Section("Runs", [.table(table)]),
        Section("Environment", [.facts(Environment.facts), .code("espalier reproduce sppam-rules --tables FOLDER")]),
      ])
  }
}
