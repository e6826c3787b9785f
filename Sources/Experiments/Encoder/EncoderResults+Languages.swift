import Reports

extension EncoderResults {
  /// One table for each scope and fraction with the accuracy in each language; none where there is one language only.
  var languageTables: [Table] {
    guard let dense, let languages = dense.accuracy.languages?.keys.sorted(), languages.count > 1 else { return [] }
    return sizes.map { size in
      let rows = outcomes.filter { isSameSize($0.what, size) }.map { outcome in
        (title: outcome.what.method.title, accuracy: outcome.finetuned ?? outcome.pruned)
      }
      return Table(
        ["Method"] + languages.map { .numbers($0, best: .highest) },
        rows: ([("Dense", dense.accuracy)] + rows).map { title, accuracy in
          [Cell(title)] + languages.map { language in accuracy.languages?[language].map { .percent($0) } ?? "" }
        },
        caption:
          "\(size.scope.title): \(Format.percent(size.fraction, decimals: 0)) kept. Accuracy in each language after "
          + "fine-tuning (right after pruning where that diverged).")
    }
  }
}
