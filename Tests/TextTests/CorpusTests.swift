import EspalierDatasets
import EspalierFiles
import EspalierTensors
import EspalierTestSupport
import EspalierText
import Testing

@Suite struct CorpusTests {
  private let xnli = """
    language\tgold_label\tsentence1_binary_parse\tsentence1\tsentence2\tpromptID
    ar\tneutral\t\tو قال\tاتصل\t1
    de\tcontradiction\t\tUnd er sagte "Mama"\tEr sagte nichts\t1
    de\tentailment\t\tA\tB\t2

    """

  @Test func xnliIsReadWithItsLanguages() throws {
    let folder = try TemporaryDirectory()
    try folder.write("xnli.dev.tsv", xnli)
    let pairs = try SentencePairs("\(folder.path)/xnli.dev.tsv")
    #expect(pairs.labels == ["entailment", "neutral", "contradiction"])
    #expect(pairs.pairs.map(\.label) == [1, 2, 0] && pairs.pairs.map(\.language) == ["ar", "de", "de"])
    #expect(pairs.pairs[1].first == "Und er sagte \"Mama\"", "tables of corpora are not quoted")
    #expect(try SentencePairs("\(folder.path)/xnli.dev.tsv", language: "de").pairs.count == 2)
    #expect(CorpusFiles.file(in: folder.path, toTrain: false) == "\(folder.path)/xnli.dev.tsv")
    #expect(CorpusFiles.file(in: folder.path, toTrain: true) == nil && CorpusFiles.areIn(folder.path))
  }

  @Test func translatedTrainingDataIsRead() throws {
    let folder = try TemporaryDirectory()
    try folder.write("multinli.train.fr.tsv", "premise\thypo\tlabel\nUn\tDeux\tcontradictory\nTrois\tQuatre\tneutral\n")
    let pairs = try SentencePairs("\(folder.path)/multinli.train.fr.tsv")
    #expect(pairs.pairs.map(\.label) == [2, 1] && pairs.pairs[0].language == "fr" && pairs.pairs[0].second == "Deux")
  }

  @Test func linesOfJSONAreRead() throws {
    let folder = try TemporaryDirectory()
    try folder.write(
      "snli_1.0_dev.jsonl",
      """
      {"annotator_labels": ["neutral"], "gold_label": "neutral", "sentence1": "A\\u00e9 b.", "sentence2": "C"}
      {"gold_label": "-", "sentence1": "no", "sentence2": "agreement"}
      {"gold_label": "entailment", "sentence1": "D", "sentence2": "E"}

      """)
    let pairs = try SentencePairs("\(folder.path)/snli_1.0_dev.jsonl")
    #expect(pairs.pairs.map(\.first) == ["Aé b.", "D"] && pairs.undecided == 1 && pairs.pairs.map(\.label) == [1, 0])
  }

  @Test func tablesOfOnesOwnNameTheirColumns() throws {
    let folder = try TemporaryDirectory()
    try folder.write("mine.tsv", "id\tbody\tkind\n1\tgood\tpos\n2\tbad\tneg\n")
    let columns = SentenceColumns(first: "body", label: "kind")
    let pairs = try SentencePairs("\(folder.path)/mine.tsv", columns: columns)
    #expect(pairs.labels == ["neg", "pos"] && pairs.pairs.map(\.label) == [1, 0] && pairs.pairs[0].second == nil)
    #expect(throws: EspalierError.self) { try SentencePairs("\(folder.path)/mine.tsv") }
    #expect(throws: EspalierError.self) {
      try SentencePairs("\(folder.path)/mine.tsv", columns: columns, labels: ["pos"])
    }
  }

  @Test func malformedLinesAreNamed() throws {
    let folder = try TemporaryDirectory()
    func fault(_ text: String) throws -> String? {
      try folder.write("broken.tsv", text)
      do {
        _ = try SentencePairs("\(folder.path)/broken.tsv")
        return nil
      } catch { return error.subject }
    }
    #expect(try fault("sentence1\tsentence2\tlabel\na\tb\n")?.hasSuffix("line 2") == true)
    #expect(try fault("sentence1\tlabel\n") != nil && fault("") != nil)
    #expect(try fault("{\"sentence1\": ")?.contains("line 1") == true)
  }

  @Test func batchesOfTextArePaddedToTheirLongest() throws {
    let folder = try TemporaryDirectory()
    try folder.write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n")
    try folder.write(
      "train.tsv", "sentence1\tsentence2\tlabel\na\tb\tneutral\na a a a a a a a\tb\tentailment\nb\ta\tneutral\n")
    let data = try DatasetLocation(parsing: "\(folder.path)/train.tsv,length=32").open(tokenizer: folder.path)
    #expect(data.count == 3 && data.classCount == 3 && data.lengths == [5, 12, 5] && data.sampleShape == [16])
    let short = try data.samples(at: [2, 0])
    #expect(
      short.fields["input_ids"] == Tensor(shape: [2, 8], [2, 6, 3, 5, 3, 0, 0, 0, 2, 5, 3, 6, 3, 0, 0, 0] as [Int64]))
    #expect(short.fields["attention_mask"]?.integers()?.prefix(8) == [1, 1, 1, 1, 1, 0, 0, 0])
    #expect(short.fields["token_type_ids"]?.integers()?.prefix(8) == [0, 0, 0, 1, 1, 0, 0, 0])
    #expect(short.labels == [1, 1] && data.subset([1]).lengths == [12] && data.prefix(1).lengths == [5])
    #expect(throws: EspalierError.self) { try DatasetLocation(parsing: "\(folder.path)/train.tsv").open() }
    #expect(throws: EspalierError.self) {
      try DatasetLocation(parsing: "\(folder.path)/train.tsv,width=3").open(tokenizer: folder.path)
    }
  }

  @Test func bucketsKeepEverySampleOnceAndLengthsTogether() {
    var generator = SeededGenerator(seed: 5)
    let lengths = (0..<1003).map { _ in 1 + Int(generator.next() % 90) }
    let buckets = LengthBuckets(lengths, batchSize: 8)
    let order = buckets.order(Array(lengths.indices), shuffling: 3)
    #expect(order.sorted() == Array(lengths.indices) && order != buckets.order(Array(lengths.indices), shuffling: 4))
    #expect(order == buckets.order(Array(lengths.indices), shuffling: 3))
    func padding(_ order: [Int]) -> Int {
      stride(from: 0, to: order.count, by: 8).reduce(0) { sum, start in
        let own = order[start..<min(start + 8, order.count)].map { lengths[$0] }
        return sum + own.reduce(0) { $0 + own.max()! - $1 }
      }
    }
    #expect(padding(order) * 10 < padding(Array(lengths.indices)))
    let sorted = buckets.order(Array(lengths.indices))
    #expect(sorted.map { lengths[$0] } == lengths.sorted(by: >))
  }
}
