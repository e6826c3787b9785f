import EspalierFiles

/// One or two sentences with a label.
package struct SentencePair: Hashable, Sendable {
  /// The first sentence: a premise, a claim.
  package var first: String
  /// The second sentence, if there is one: a hypothesis, evidence.
  package var second: String?
  /// The label, as an index into ``SentencePairs/labels``; `nil` for text without labels.
  package var label: Int?
  /// The language, if the file states it.
  package var language: String?
}

/// Labelled sentences from the files of a corpus.
package struct SentencePairs: Sendable {
  /// The name in reports and errors.
  package let name: String
  /// The sentences, in file order.
  package let pairs: [SentencePair]
  /// The names of the labels; empty for text without labels.
  package let labels: [String]
  /// The number of lines left out because the annotators did not agree (`-` for a label).
  package let undecided: Int

  /// The labels of natural language inference, in the usual order.
  package static let inference = ["entailment", "neutral", "contradiction"]

  /// Reads the sentences of the file at `path`.
  ///
  /// Supports the files of XNLI, MultiNLI and SNLI, as tables and as JSON lines, and any tab separated table with a
  /// header.
  /// - Parameters:
  ///   - labels: The labels in order, those of the training part; `nil` for those of natural language inference or,
  ///     failing that, all that occur, sorted by name.
  ///   - language: The language to keep; sentences in others are left out.
  /// - Throws: `EspalierError` with the number of a malformed line, or if a label is not among `labels`.
  /// - Complexity: linear; all sentences are held in memory.
  package init(
    _ path: String, columns: SentenceColumns = SentenceColumns(), labels known: [String]? = nil, language: String? = nil
  ) throws(EspalierError) {
    let records = try SentenceRecords(path, columns: columns)
    var kept: [SentenceRecords.Record] = []
    var undecided = 0
    for record in records.all where language == nil || record.language == nil || record.language == language {
      if record.label == "-" { undecided += 1 } else { kept.append(record) }
    }
    guard let sample = kept.first else { throw EspalierError(.data, path, "holds no sentences that can be used") }
    let found = Set(kept.compactMap(\.label))
    let labels =
      known ?? (sample.label == nil ? [] : found.isSubset(of: Self.inference) ? Self.inference : found.sorted())
    let places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, $0) })
    var pairs: [SentencePair] = []
    for record in kept {
      let label = record.label.flatMap { places[$0] }
      guard label != nil || labels.isEmpty || record.label == nil else {
        throw EspalierError(
          .data, "\(path), line \(record.line)", "has the label \"\(record.label ?? "")\"",
          remedy: "the labels are \(labels.listed())")
      }
      pairs.append(SentencePair(first: record.first, second: record.second, label: label, language: record.language))
    }
    name = path
    self.pairs = pairs
    self.labels = labels
    self.undecided = undecided
  }
}

/// The columns of a table, by name; `nil` for the names that known corpora use.
package struct SentenceColumns: Hashable, Sendable {
  /// The columns of the first and the second sentence, the label and the language.
  package var first, second, label, language: String?

  /// Columns of these names.
  package init(first: String? = nil, second: String? = nil, label: String? = nil, language: String? = nil) {
    (self.first, self.second, self.label, self.language) = (first, second, label, language)
  }
}
