import EspalierPruning
import EspalierReports

extension NetworkComparison {
  /// All rows, size by size; the best of each size, within one standard error, have a star.
  package var table: Table {
    let name = scoreName
    var columns: [Column] = ["Method", .numbers("size"), .numbers(name), .numbers("\(name), re-fitted")]
    if heldOutCount > 0 { columns += [.numbers("error"), .numbers("error, re-fitted")] }
    columns += [.numbers("MACs"), .numbers("parameters"), .numbers("latency"), .numbers("selection")]
    return Table(columns, rows: rows.map(cells), caption: caption)
  }

  /// The name of what methods are compared by.
  private var scoreName: String { isByAccuracy ? "accuracy" : "agreement" }

  private var caption: String {
    var sentences: [String] = []
    if let accuracy = dense.accuracy {
      sentences.append(
        "The dense network has \(Format.percent(accuracy, decimals: 2)) on \(Format.grouped(labelledCount)) labelled "
          + "samples.")
    }
    sentences.append(
      "A star marks the best of a size and those within one standard error of it. All groups are chosen on the dense "
        + "network.")
    if heldOutCount > 0 {
      sentences.append(
        "Error is the largest relative error of an output against the dense network, on "
          + "\(Format.grouped(heldOutCount)) held-out inputs.")
    }
    if rows.contains(where: { $0.method == NearestUnits.identifier }) {
      sentences.append("Without a re-fit, \(NearestUnits.identifier) merges dropped units into kept ones.")
    }
    sentences.append("Statistics took \(Format.duration(calibrationSeconds)), once for all methods.")
    return sentences.joined(separator: " ")
  }

  private func cells(_ row: Row) -> [Cell] {
    let start: [Cell] = [Cell(row.method), .percent(row.size)]
    guard let figures = row.figures else { return start + ["refused"] }
    let least = leastOfBest(at: row.size)
    func score(_ quality: Quality) -> Cell {
      guard let score = quality.score else { return "" }
      let text = Format.percent(score, decimals: 2)
      return Cell(score >= least ?? .infinity ? "\(text) *" : text, value: score)
    }
    func error(_ quality: Quality) -> Cell { quality.relativeError.map { .number($0, digits: 3) } ?? "" }
    let errors = heldOutCount > 0 ? [error(figures.plain), error(figures.refitted)] : []
    return start + [score(figures.plain), score(figures.refitted)] + errors + [
      .count(figures.cost.macs), .count(figures.cost.parameters), .duration(figures.latency.after.median),
      .duration(figures.seconds),
    ]
  }

  /// One sentence for each method that refused the network.
  package var refusals: [String] {
    var sentences: [String] = []
    for row in rows {
      guard let reason = row.refusal else { continue }
      let sentence = "\(row.method) is left out: \(reason)."
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
    return sentences
  }

  /// The score of each method against multiply-accumulate operations, without or with a re-fit.
  private func chart(_ title: String, _ quality: (Outcome) -> Quality) -> Chart {
    var methods: [(name: String, title: String)] = []
    for row in rows where !methods.contains(where: { $0.name == row.method }) {
      methods.append((row.method, row.title))
    }
    let series = methods.map { method in
      Series(
        method.title,
        rows.filter { $0.method == method.name }.compactMap(\.figures).sorted { $0.cost.macs < $1.cost.macs }.map {
          Point(Double($0.cost.macs), quality($0).score ?? quality($0).relativeError ?? .nan)
        })
    }.filter { !$0.points.isEmpty }
    let isScored = rows.contains { $0.figures.flatMap { quality($0).score } != nil }
    return Chart(
      title, x: Axis("MACs for one sample", .logarithmic),
      y: isScored ? Axis(scoreName, labels: .percentages) : Axis("relative error"), series: series,
      references: dense.score.map { [.horizontal($0, "dense")] } ?? [])
  }

  /// The comparison as a page.
  package func document(command: String) -> Document {
    Document(
      title: "Compared: \(model)", subtitle: "Selection methods at the same sizes, without and with a re-fit",
      sections: [
        Section(
          "Methods and sizes",
          [.table(table)] + refusals.map { .paragraph($0) }),
        Section(
          "Quality against cost",
          [.chart(chart("Re-fitted", \.refitted)), .chart(chart("With unchanged weights", \.plain))]),
        Section("Environment", [.facts(Environment.facts), .code(command)]),
      ])
  }
}
