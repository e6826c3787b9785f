import EspalierReports
import EspalierTraining

/// The evaluations of a network at several times, as a table.
package struct AccuracyTable {
  private var rows: [[Cell]] = []

  /// An empty table.
  package init() {}

  /// Adds a row, if there is an evaluation.
  package mutating func add(_ title: String, _ evaluation: Evaluation?) {
    guard let evaluation else { return }
    rows.append([
      Cell(title), .percent(evaluation.top1, decimals: 2), .percent(evaluation.top5, decimals: 2),
      .number(evaluation.loss), .count(evaluation.count),
    ])
  }

  /// The rows as text, if there are any.
  package func text(for terminal: Terminal) -> String? {
    if rows.isEmpty { return nil }
    let columns: [Column] = ["", .numbers("top-1"), .numbers("top-5"), .numbers("loss"), .numbers("samples")]
    return TextTable(Table(columns, rows: rows), for: terminal).text
  }
}
