import EspalierReports

extension ConvolutionalStudy {
  package static func title(_ settings: ConvolutionalSettings) -> String {
    "i-SpaSP on \(settings.architecture.family.title)"
  }

  package static func columns(_ outcomes: [Outcome]) -> [ResultColumn<Self>] {
    var columns: [ResultColumn<Self>] = [
      ResultColumn(.numbers("pruned", best: .highest)) { .accuracy($0.pruned) }
    ]
    if outcomes.contains(where: { $0.details.recalibrated != nil }) {
      columns.append(ResultColumn(.numbers("recalibrated", best: .highest)) { .accuracy($0.details.recalibrated) })
    }
    return columns + [
      ResultColumn(.numbers("fine-tuned", best: .highest), dense: { Cell(Format.percent($0.accuracy)) }) {
        .accuracy($0.finetuned, else: "diverged")
      },
      ResultColumn(.numbers("latency")) { .duration($0.details.latency.after.median) },
      ResultColumn(.numbers("speed-up")) {
        Cell(Format.times($0.details.latency.speedup), value: $0.details.latency.speedup)
      },
    ]
  }

  package static func caption(
    _ size: ConvolutionalSize, _ outcomes: [Outcome], _ settings: ConvolutionalSettings
  ) -> String {
    "\(description(of: size, settings)) Accuracy on \(Format.grouped(settings.testCount)) test samples right after "
      + "pruning and after \(settings.finetuneEpochs) epoch(s) of fine-tuning; latency of a batch of "
      + "\(outcomes.first?.details.latency.batch ?? 1) and how many times as fast as the dense network, timed in turn. "
      + "Selection counts re-fitting and no pass over data; calibration is the passes."
  }

  private static func description(of size: ConvolutionalSize, _ settings: ConvolutionalSettings) -> String {
    switch size {
    case .published:
      "The public code's blocks and fractions"
        + (settings.blockEpochs > 0 ? ", \(settings.blockEpochs) epoch(s) of fine-tuning after each." : ".")
    case .fraction(let fraction):
      "\(Format.percent(fraction, decimals: 0)) of the channels kept in every group between two layers."
    }
  }

  package static func panels(_ results: PruningResults<Self>) -> [ChartPanel<ConvolutionalSize>] {
    [ChartPanel(title: nil) { _ in true }]
  }

  package static func references(_ dense: Dense) -> [Reference] {
    [.horizontal(dense.accuracy, "dense"), .vertical(Double(dense.cost.macs), "dense")]
  }

  package static let claims = [
    AccuracyClaim(
      sentence: "Pruned by i-SpaSP and fine-tuned, a network beats a narrower one of its cost, trained from scratch.",
      rival: .uniform, time: .finetuned)
  ]

  package static func remark(_ outcome: Outcome, _ dense: Dense) -> String {
    " with \(Format.percent(outcome.share(of: dense))) of its MACs"
  }

  package static func exhibit(_ settings: ConvolutionalSettings) -> Exhibit {
    settings.architecture.family == .resNet34 ? .resNet34 : .mobileNetV2
  }

  package static func furtherClaims(_ results: PruningResults<Self>) -> [JudgedClaim] {
    let pruning = [ExperimentMethod.iSpaSP, .refitted].filter(results.methods.contains)
    guard let method = pruning.first else { return [] }
    let ours = results.outcomes.filter { $0.variant.method == method }
    return [
      JudgedClaim(
        Claim(ours: "Networks pruned by \(method.title) are faster on this machine."),
        cases: ours.map { ($0.variant.sizeLabel, $0.details.latency.isFaster) },
        evidence: ours.map { "\($0.variant.sizeLabel): \(Format.times($0.details.latency.speedup))" }
          .joined(separator: "; ") + ".")
    ]
  }

  package static func furtherSections(_ settings: ConvolutionalSettings) -> [Section] {
    [Section("Beside the paper", [published(settings)])]
  }

  private static func published(_ settings: ConvolutionalSettings) -> Block {
    let architecture = settings.architecture
    let isImageNet = architecture.classes == 1000 && architecture.imageSize >= 224
    if isImageNet { return .table(PublishedResults.table(architecture.family)) }
    return .paragraph(
      "The paper prunes networks trained on ImageNet: 1.28 million photographs of 224 pixels, 1,000 classes, 90 epochs "
        + "of fine-tuning. **These results are not that**: \(Format.grouped(settings.trainingCount)) samples of "
        + "\(architecture.imageSize) pixels, \(architecture.classes) classes, \(settings.finetuneEpochs) epochs. The "
        + "order of the methods can be compared with the paper's, its accuracies and operations cannot. The experiment "
        + "on ImageNet is the same command with `--data DIR --model FILE`.")
  }

  package static func facts(_ settings: ConvolutionalSettings, _ dense: Dense) -> Facts {
    let architecture = settings.architecture
    return Facts([
      .init(
        "Network",
        "\(architecture.family.title), width \(Format.number(architecture.widthFactor)), "
          + "\(architecture.stem.rawValue) stem"
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
