import Reports
import Workflows

extension ConvolutionalResults {
  /// The report as a page; `nil` before the dense network is there.
  func document(command: String) -> Document? {
    guard let dense else { return nil }
    return Document(
      title: "i-SpaSP on \(settings.architecture.family.title)", subtitle: settings.data,
      sections: [
        Section("Claims", verdicts(dense)),
        Section("Accuracy against cost", [.sideBySide(charts(dense).map(Block.chart))]),
        Section("Networks", sizes.map { .table(table($0, dense)) }),
        Section("Beside the paper", published), Section("Settings", [.facts(facts(dense))]),
        Section("Environment", [.facts(Environment.facts), .code(command)]),
      ])
  }

  /// One table a size, for the terminal and the report.
  public var tables: [Table] { dense.map { dense in sizes.map { table($0, dense) } } ?? [] }

  private func table(_ size: ConvolutionalSize, _ dense: Dense) -> Table {
    let outcomes = methods.compactMap { outcome($0, size) }
    var columns: [Column] = [
      "Method", .numbers("MACs"), .numbers("of dense"), .numbers("parameters"), .numbers("pruned", best: .highest),
      .numbers("recalibrated", best: .highest), .numbers("fine-tuned", best: .highest), .numbers("latency"),
      .numbers("speed-up"), .numbers("selection"), .numbers("calibration"),
    ]
    var rows = [denseRow(dense)] + outcomes.map { row($0, dense) }
    if outcomes.allSatisfy({ $0.recalibrated == nil }) {
      columns.remove(at: 5)
      for index in rows.indices { rows[index].remove(at: 5) }
    }
    return Table(
      columns, rows: rows,
      caption:
        "\(description(of: size)) Accuracy on \(Format.grouped(settings.testCount)) test samples right after pruning and "
        + "after \(settings.finetuneEpochs) epoch(s) of fine-tuning; latency of a batch of "
        + "\(outcomes.first?.latency.batch ?? 1) and how many times as fast as the dense network, timed in turn. Selection "
        + "counts re-fitting and no pass over data; calibration is the passes.")
  }

  private func denseRow(_ dense: Dense) -> [Cell] {
    let cost = dense.cost
    return [
      "Dense", .count(cost.macs), .percent(1), .count(cost.parameters), "", "", Cell(Format.percent(dense.accuracy)),
      "",
      "", "", "",
    ]
  }

  private func row(_ outcome: Outcome, _ dense: Dense) -> [Cell] {
    func percent(_ value: Double?, else text: String = "") -> Cell { value.map { .percent($0) } ?? Cell(text) }
    func duration(_ value: Double?) -> Cell { value.map { .duration($0) } ?? "" }
    let speedup = outcome.latency.speedup
    var cells: [Cell] = [Cell(outcome.method.title), .count(outcome.cost.macs)]
    cells.append(.percent(share(of: outcome, dense)))
    cells.append(.count(outcome.cost.parameters))
    cells += [percent(outcome.pruned), percent(outcome.recalibrated), percent(outcome.finetuned, else: "diverged")]
    cells += [.duration(outcome.latency.after.median), Cell(Format.times(speedup), value: speedup)]
    cells += [duration(outcome.seconds.map { $0.selection + $0.refit }), duration(outcome.seconds?.calibration)]
    return cells
  }

  /// The fraction of the dense network's operations that is left.
  func share(of outcome: Outcome, _ dense: Dense) -> Double {
    Double(outcome.cost.macs) / Double(max(dense.cost.macs, 1))
  }

  private func description(of size: ConvolutionalSize) -> String {
    switch size {
    case .published: "The public code's blocks and fractions."
    case .fraction(let fraction):
      "\(Format.percent(fraction, decimals: 0)) of the channels kept in every group between two layers."
    }
  }

  private func charts(_ dense: Dense) -> [Chart] {
    func chart(_ title: String, _ methods: [ExperimentMethod], _ accuracy: (Outcome) -> Double?) -> Chart {
      Chart(
        title, x: Axis("MACs for one sample", labels: .counts), y: Axis("test accuracy", labels: .percentages),
        series: methods.map { method in
          Series(
            method.title,
            outcomes.filter { $0.method == method }.sorted { $0.cost.macs < $1.cost.macs }
              .compactMap { outcome in accuracy(outcome).map { Point(Double(outcome.cost.macs), $0) } },
            line: method == .refitted ? .solid : .dashed, isEmphasised: method == .iSpaSP)
        }, references: [.horizontal(dense.accuracy, "dense"), .vertical(Double(dense.cost.macs), "dense")])
    }
    return [
      chart("Right after pruning", methods.filter { $0 != .uniform }) { $0.pruned },
      chart("After fine-tuning", methods) { $0.finetuned },
    ]
  }

  private var isImageNet: Bool { settings.architecture.classes == 1000 && settings.architecture.imageSize >= 224 }

  private var published: [Block] {
    let architecture = settings.architecture
    if isImageNet { return [.table(PublishedResults.table(architecture.family))] }
    return [
      .paragraph(
        "The paper prunes networks trained on ImageNet: 1.28 million photographs of 224 pixels, 1,000 classes, 90 epochs of "
          + "fine-tuning. **These results are not that**: \(Format.grouped(settings.trainingCount)) samples of "
          + "\(architecture.imageSize) pixels, \(architecture.classes) classes, \(settings.finetuneEpochs) epochs. The order of the "
          + "methods can be compared with the paper's, its accuracies and operations cannot. The experiment on ImageNet is the same "
          + "command with `--data DIR --model FILE`.")
    ]
  }

  private func facts(_ dense: Dense) -> Facts {
    let architecture = settings.architecture
    return Facts([
      .init(
        "Network",
        "\(architecture.family.title), width \(Format.number(architecture.widthFactor)), \(architecture.stem.rawValue) stem"
      ),
      .init("Dense network", settings.model ?? "trained here, \(settings.epochs) epochs"),
      .init("Dense training", dense.trainingSeconds.map { Format.duration($0) } ?? "elsewhere"),
      .init("Trained on", "\(Format.grouped(settings.trainingCount)) samples"),
      .init("Calibrated on", "\(Format.grouped(settings.calibrationCount)) of them, without labels"),
      .init("Batch", "\(settings.batchSize)"),
      .init(
        "Step size", "\(Format.number(settings.stepSize)), fine-tuning \(Format.number(settings.finetuneStepSize))"),
      .init("Widths", settings.multiple == 1 ? "as asked" : "multiples of \(settings.multiple)"),
      .init("Seed", "\(settings.seed)"),
    ])
  }
}
