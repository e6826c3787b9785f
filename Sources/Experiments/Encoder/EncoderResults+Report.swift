import Pruning
import Reports
import Workflows

extension EncoderResults {
  /// The report as a page; `nil` before the dense network is there.
  func document(command: String) -> Document? {
    guard let dense else { return nil }
    return Document(
      title: "i-SpaSP on a text encoder", subtitle: settings.data,
      sections: [
        Section("Claims", verdicts(dense)), Section("Accuracy against cost", charts(dense)),
        Section("Networks", tables.map { .table($0) }), Section("Settings", [.facts(facts(dense))]),
        Section("Environment", [.facts(Environment.facts), .code(command)]),
      ])
  }

  /// One table for each scope and fraction, and one of their languages, for the terminal and the report.
  public var tables: [Table] {
    guard let dense else { return [] }
    return sizes.map { table(like: $0, dense) } + languageTables
  }

  /// One case for each scope and fraction, in the order they were found.
  var sizes: [Case] {
    outcomes.reduce(into: []) { seen, outcome in
      if !seen.contains(where: { isSameSize($0, outcome.what) }) { seen.append(outcome.what) }
    }
  }

  func isSameSize(_ one: Case, _ other: Case) -> Bool {
    one.scope == other.scope && one.fraction == other.fraction
  }

  private func table(like what: Case, _ dense: Dense) -> Table {
    let own = outcomes.filter { isSameSize($0.what, what) }
    let denseRow: [Cell] = [
      "Dense", .count(dense.cost.macs), .percent(1), .count(dense.cost.parameters),
      Cell(Format.percent(dense.accuracy.overall)), "", "", "",
    ]
    return Table(
      [
        "Method", .numbers("MACs"), .numbers("of dense"), .numbers("parameters"), .numbers("pruned", best: .highest),
        .numbers("fine-tuned", best: .highest), .numbers("selection"), .numbers("calibration"),
      ],
      rows: [denseRow]
        + own.map { outcome in
          [
            Cell(outcome.what.method.title), .count(outcome.cost.macs),
            .percent(Double(outcome.cost.macs) / Double(max(dense.cost.macs, 1))), .count(outcome.cost.parameters),
            .percent(outcome.pruned.overall), outcome.finetuned.map { .percent($0.overall) } ?? "",
            .duration(outcome.seconds.selection + outcome.seconds.refit), .duration(outcome.seconds.calibration),
          ]
        },
      caption:
        "\(what.scope.title): \(Format.percent(what.fraction, decimals: 0)) kept. Accuracy on "
        + "\(Format.grouped(settings.testCount)) samples right after pruning, and after \(settings.finetuneEpochs) epoch(s) on "
        + "\(Format.grouped(settings.trainingCount)).")
  }

  private func charts(_ dense: Dense) -> [Block] {
    let scopes = PruningRequest.Scope.allCases.filter { scope in outcomes.contains { $0.what.scope == scope } }
    return scopes.map { scope in
      let before = chart("\(scope.title), right after pruning", scope, dense) { $0.pruned.overall }
      let after = chart("\(scope.title), after fine-tuning", scope, dense) { $0.finetuned?.overall }
      return .sideBySide([.chart(before), .chart(after)])
    }
  }

  private func chart(
    _ title: String, _ scope: PruningRequest.Scope, _ dense: Dense, _ accuracy: (Outcome) -> Double?
  ) -> Chart {
    var series: [Series] = []
    for method in ExperimentMethod.pruning {
      let own = outcomes.filter { $0.what.scope == scope && $0.what.method == method }
      var points: [Point] = []
      for outcome in own.sorted(by: { $0.cost.macs < $1.cost.macs }) {
        if let value = accuracy(outcome) { points.append(Point(Double(outcome.cost.macs), value)) }
      }
      guard !points.isEmpty else { continue }
      series.append(
        Series(
          method.title, points, line: method == .refitted ? .solid : .dashed, isEmphasised: method == .iSpaSP))
    }
    return Chart(
      title, x: Axis("MACs for one sample", labels: .counts), y: Axis("test accuracy", labels: .percentages),
      series: series, references: [.horizontal(dense.accuracy.overall, "dense")])
  }

  private func facts(_ dense: Dense) -> Facts {
    let languages = (dense.accuracy.languages ?? [:]).sorted { $0.key < $1.key }
    return Facts(
      [
        .init("Dense network", settings.model),
        .init("Trained on", "\(settings.data), \(Format.grouped(settings.trainingCount)) samples"),
        .init("Measured on", "\(settings.test), \(Format.grouped(settings.testCount)) samples"),
        .init("Calibrated on", "\(Format.grouped(settings.calibrationCount)) training samples, without labels"),
        .init("Epochs", "\(settings.epochs) of the dense network, \(settings.finetuneEpochs) of each pruned one"),
        .init("Step size", "\(Format.number(settings.stepSize)), AdamW, batches of \(settings.batchSize)"),
        .init("Seed", "\(settings.seed)"),
      ] + languages.map { .init("Dense accuracy, \($0.key)", Format.percent($0.value)) })
  }
}
