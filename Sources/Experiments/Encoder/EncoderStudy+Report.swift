import EspalierPruning
import EspalierReports

extension EncoderStudy {
  package static func title(_ settings: EncoderSettings) -> String { "i-SpaSP on a text encoder" }

  package static func exhibit(_ settings: EncoderSettings) -> Exhibit { .encoder }

  package static func columns(_ outcomes: [Outcome]) -> [ResultColumn<Self>] {
    [
      ResultColumn(
        .numbers("pruned", best: .highest), dense: { Cell(Format.percent($0.accuracy.overall)) },
        cell: { .accuracy($0.pruned?.overall) }),
      ResultColumn(.numbers("fine-tuned", best: .highest)) { .accuracy($0.finetuned?.overall) },
    ]
  }

  package static func caption(_ size: EncoderSize, _ outcomes: [Outcome], _ settings: EncoderSettings) -> String {
    "\(size.title) Accuracy on \(Format.grouped(settings.testCount)) samples right after pruning, and after "
      + "\(settings.finetuneEpochs) epoch(s) on \(Format.grouped(settings.trainingCount))."
  }

  /// One table for each size with the accuracy in each language; none if there is only one language.
  package static func furtherTables(_ results: PruningResults<Self>) -> [Table] {
    guard let dense = results.dense, let languages = dense.accuracy.languages?.keys.sorted(), languages.count > 1
    else { return [] }
    return results.sizes.map { size in
      let rows = results.outcomes(of: size).map { outcome in
        (title: outcome.variant.method.title, accuracy: outcome.finetuned ?? outcome.pruned)
      }
      return Table(
        ["Method"] + languages.map { .numbers($0, best: .highest) },
        rows: ([("Dense", dense.accuracy)] + rows).map { title, accuracy in
          [Cell(title)] + languages.map { .accuracy(accuracy?.languages?[$0]) }
        },
        caption: "\(size.title) Accuracy in each language after fine-tuning (right after pruning where that diverged).")
    }
  }

  package static func panels(_ results: PruningResults<Self>) -> [ChartPanel<EncoderSize>] {
    let scopes = Set(results.sizes.map(\.scope))
    return PruningRequest.Scope.allCases.filter(scopes.contains).map { scope in
      ChartPanel(title: scope.title) { $0.scope == scope }
    }
  }

  package static func references(_ dense: Dense) -> [Reference] { [.horizontal(dense.accuracy.overall, "dense")] }

  package static let claims = [
    AccuracyClaim(
      sentence: "Right after pruning, i-SpaSP is more accurate than random selection.", rival: .random, time: .pruned)
  ]

  package static func facts(_ settings: EncoderSettings, _ dense: Dense) -> Facts {
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
