import EspalierReports
import EspalierWorkflows

/// A column of the table for a size: its heading, the dense network's cell, and that of each smaller network.
package struct ResultColumn<Study: PruningStudy> {
  /// The heading.
  let column: Column
  /// The dense network's cell.
  let dense: (Study.Dense) -> Cell
  /// The cell of a smaller network.
  let cell: (Study.Outcome) -> Cell

  /// A column whose cell in the dense network's row is empty unless given.
  init(_ column: Column, dense: @escaping (Study.Dense) -> Cell = { _ in "" }, cell: @escaping (Study.Outcome) -> Cell)
  {
    (self.column, self.dense, self.cell) = (column, dense, cell)
  }
}

/// Two charts side by side, after pruning and after fine-tuning, for the networks of some sizes.
package struct ChartPanel<Size> {
  /// The title of the pair; `nil` if there is only one pair.
  let title: String?
  /// Whether to show networks of a size.
  let includes: (Size) -> Bool
}

extension PruningResults {
  /// The report as a page; `nil` without a dense network.
  func document(command: String) -> Document? {
    guard let dense else { return nil }
    return Document(
      title: Study.title(settings), subtitle: settings.data,
      sections: [
        Section("Claims", verdicts(dense)), Section("Accuracy against cost", charts(dense)),
        Section("Networks", tables.map { .table($0) }),
      ] + Study.furtherSections(settings) + [
        Section("Settings", [.facts(Study.facts(settings, dense))]),
        Section("Environment", [.facts(Environment.facts), .code(command)]),
      ])
  }

  /// One table for each size, and the study's own, for the terminal and the report.
  package var tables: [Table] {
    guard let dense else { return [] }
    return sizes.map { table(of: $0, dense) } + Study.furtherTables(self)
  }

  private func table(of size: Study.Variant.Size, _ dense: Dense) -> Table {
    let outcomes = outcomes(of: size)
    let columns = cost(dense) + Study.columns(outcomes) + time
    return Table(
      columns.map(\.column),
      rows: [columns.map { $0.dense(dense) }] + outcomes.map { outcome in columns.map { $0.cell(outcome) } },
      caption: Study.caption(size, outcomes, settings))
  }

  private func cost(_ dense: Dense) -> [ResultColumn<Study>] {
    [
      ResultColumn("Method", dense: { _ in "Dense" }, cell: { Cell($0.variant.method.title) }),
      ResultColumn(.numbers("MACs"), dense: { .count($0.cost.macs) }, cell: { .count($0.cost.macs) }),
      ResultColumn(.numbers("of dense"), dense: { _ in .percent(1) }, cell: { .percent($0.share(of: dense)) }),
      ResultColumn(
        .numbers("parameters"), dense: { .count($0.cost.parameters) }, cell: { .count($0.cost.parameters) }),
    ]
  }

  private var time: [ResultColumn<Study>] {
    [
      ResultColumn(.numbers("selection")) { .duration($0.seconds.map { $0.selection + $0.refit }) },
      ResultColumn(.numbers("calibration")) { .duration($0.seconds?.calibration) },
    ]
  }

  /// Accuracies against cost, right after pruning and after fine-tuning.
  func charts(_ dense: Dense) -> [Block] {
    Study.panels(self).map { panel in
      func chart(_ stage: String, _ accuracy: (Outcome) -> Double?) -> Block {
        let title = panel.title.map { "\($0), \(stage)" } ?? stage.prefix(1).uppercased() + stage.dropFirst()
        let shown = outcomes.filter { panel.includes($0.variant.size) }
        return .chart(
          Chart(
            title, x: Axis("MACs for one sample", labels: .counts), y: Axis("test accuracy", labels: .percentages),
            series: methods.compactMap { series(of: $0, in: shown, accuracy) }, references: Study.references(dense)))
      }
      return .sideBySide([
        chart("right after pruning") { $0.pruned?.overall }, chart("after fine-tuning") { $0.finetuned?.overall },
      ])
    }
  }

  /// The accuracies of a method against operations; `nil` if there are none.
  private func series(
    of method: ExperimentMethod, in outcomes: [Outcome], _ accuracy: (Outcome) -> Double?
  ) -> Series? {
    let points = outcomes.filter { $0.variant.method == method }.sorted { $0.cost.macs < $1.cost.macs }
      .compactMap { outcome in accuracy(outcome).map { Point(Double(outcome.cost.macs), $0) } }
    guard !points.isEmpty else { return nil }
    return Series(
      method.title, points, line: method == .refitted ? .solid : .dashed, isEmphasised: method == .iSpaSP)
  }
}

extension PruningResults.Outcome {
  /// The fraction of the dense network's operations that remains.
  func share(of dense: Study.Dense) -> Double { Double(cost.macs) / Double(max(dense.cost.macs, 1)) }
}

extension Cell {
  /// An accuracy, or `text` if there is none.
  static func accuracy(_ value: Double?, else text: String = "") -> Cell { value.map { .percent($0) } ?? Cell(text) }

  /// A time in seconds; empty if there is none.
  static func duration(_ seconds: Double?) -> Cell { seconds.map { .duration($0) } ?? "" }
}
