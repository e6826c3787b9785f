import EspalierRegression
import EspalierReports

/// The report of a fit.
package struct FitReport: Sendable {
  /// The command that was run.
  package let command: String
  /// The data.
  package let data: RegressionData
  /// The family.
  package let family: Family
  /// The fit.
  package let outcome: FitOutcome
  /// The standard errors, or the reason that there are none.
  package let inference: Inference
  /// The path of penalties that the fit's was chosen from; `nil` for none.
  package let path: PathReport?

  /// A report of these parts.
  package init(
    command: String, data: RegressionData, family: Family, outcome: FitOutcome, inference: Inference,
    path: PathReport? = nil
  ) {
    self.command = command
    self.data = data
    self.family = family
    self.outcome = outcome
    self.inference = inference
    self.path = path
  }

  /// The outcome without the coefficients, in sentences.
  package var sentences: [String] {
    var result = [
      "\(statusText) after \(outcome.steps) steps, \(outcome.epochs) epochs over "
        + "\(Format.grouped(data.rowCount)) rows: \(outcome.reason)",
      "average loss \(Format.number(outcome.objective, digits: 8)) (\(family.name.rawValue), \(outcome.method))",
    ]
    if let path { result.append(path.sentence) }
    if let loss = outcome.progressiveLoss {
      result.append("progressive loss of the first pass, predicted before learnt: \(Format.number(loss, digits: 8))")
    }
    if let loss = outcome.validationTrace.min() {
      result.append("loss of the rows held out: \(Format.number(loss, digits: 8))")
    }
    if data.droppedCount > 0 { result.append("rows left out, a value missing: \(Format.grouped(data.droppedCount))") }
    if !data.constantColumns.isEmpty {
      result.append("columns of one value, left out: " + data.constantColumns.joined(separator: ", "))
    }
    return result + inferenceSentences
  }

  private var statusText: String {
    switch outcome.status {
    case .converged: "converged"
    case .stopped: "stopped"
    case .diverged: "DIVERGED"
    }
  }

  /// The report.
  package var document: Document {
    let epochs = outcome.trace.indices.map(Double.init)
    var series = [Series("learnt from", x: epochs, y: outcome.trace, isEmphasised: true)]
    if !outcome.validationTrace.isEmpty {
      series.append(
        Series("held out", x: outcome.validationTrace.indices.map { Double($0 + 1) }, y: outcome.validationTrace))
    }
    let target: String = if case .sparse = data.input { "labels" } else { "target" }
    return Document(
      title: "A \(family.name.rawValue) model", subtitle: "\(target) explained by \(data.features.count) features",
      sections: [
        Section("Outcome", (sentences + data.doubts).map(Block.paragraph)),
        Section(
          "Convergence", [.chart(Chart("Average loss", x: Axis("epoch"), y: Axis("average loss"), series: series))]),
      ] + (path.map { [$0.section] } ?? []) + [
        Section("Coefficients", coefficientTables(limit: 500).map(Block.table)),
        Section("Environment", [.facts(Environment.facts), .code(command)]),
      ])
  }
}
