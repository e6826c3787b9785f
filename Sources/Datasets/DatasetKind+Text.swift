import EspalierFiles
import EspalierText

extension DatasetKind {
  /// Labelled sentences or pairs of sentences: a tab separated table, JSON lines, or a folder of XNLI, MultiNLI or
  /// SNLI; options follow after commas.
  static let text = DatasetKind(
    form: TextArgument.form, summary: "sentences or pairs with labels: tables of XNLI, MultiNLI, SNLI or your own",
    recognizes: { argument in
      let subject = ArgumentOptions(argument).subject
      let name = subject.split(separator: "/").last ?? ""
      return [".tsv", ".jsonl", ".tsv.gz", ".jsonl.gz"].contains(where: subject.hasSuffix)
        || name.hasSuffix(".txt") && (name.hasPrefix("multinli") || name.hasPrefix("snli"))
        || CorpusFiles.areIn(subject)
    },
    open: { argument, purpose throws(EspalierError) in
      let text = try TextArgument(argument)
      guard let folder = text.tokenizer ?? purpose.tokenizer else {
        throw EspalierError(
          .argument, argument, "names no tokenizer", remedy: "add ,tokenizer=FOLDER, that of the network's vocab.txt")
      }
      return try TextDataset(
        name: argument, try text.pairs(purpose.split), tokenizer: BertTokenizer(folder), limit: text.limit)
    })
}

/// The parsed argument of a text data set: `train.tsv,tokenizer=minilm,length=128`.
struct TextArgument {
  static let form =
    "FILE.tsv|FILE.jsonl|DIR[,tokenizer=DIR][,length=128][,language=en][,labels=A:B:C]"
    + "[,first=COLUMN][,second=COLUMN][,label=COLUMN]"

  /// The folder of the tokenizer; `nil` if not given.
  let tokenizer: String?
  /// The maximum number of tokens of a sample.
  let limit: Int
  private let path: String
  private let language: String?
  private let labels: [String]?
  private let columns: SentenceColumns

  init(_ argument: String) throws(EspalierError) {
    let options = ArgumentOptions(argument)
    try options.check(
      ["tokenizer", "length", "language", "labels", "first", "second", "label"], form: Self.form)
    func text(_ key: String) throws(EspalierError) -> String? {
      try options.value(key, "a name") { $0.isEmpty ? nil : $0 }
    }
    path = options.subject
    tokenizer = try text("tokenizer")
    limit =
      try options.value("length", "a number of tokens of 8 to 8192") { Int($0).flatMap { 8...8192 ~= $0 ? $0 : nil } }
      ?? 128
    language = try text("language")
    labels = try text("labels").map { $0.split(separator: ":").map(String.init) }
    columns = SentenceColumns(
      first: try text("first"), second: try text("second"), label: try text("label"))
  }

  /// The sentences of one part.
  func pairs(_ split: Split) throws(EspalierError) -> SentencePairs {
    if FileContents.exists(path) {
      return try SentencePairs(path, columns: columns, labels: labels, language: language)
    }
    let own = CorpusFiles.file(in: path, toTrain: split == .train)
    guard let file = own ?? CorpusFiles.file(in: path, toTrain: split != .train) else {
      throw EspalierError(.file, path, "does not exist, or holds no corpus that is known", remedy: "write \(Self.form)")
    }
    return try SentencePairs(file, columns: columns, labels: labels, language: language)
  }
}
