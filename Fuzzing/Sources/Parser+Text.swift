import EspalierFiles
import EspalierText

extension Parser {
  /// `vocab.txt`.
  static let vocabulary = Parser("vocabulary", in: "vocabulary/vocab.txt") { (path) throws(EspalierError) in
    tokenize(sample, by: try BertTokenizer(path))
  }

  /// `tokenizer.json`.
  static let tokenizer = Parser("tokenizer", in: "tokenizer/tokenizer.json") { (path) throws(EspalierError) in
    tokenize(sample, by: try BertTokenizer(path))
  }

  /// `tokenizer_config.json` beside a vocabulary.
  static let settings = Parser("settings", in: "settings/tokenizer_config.json") { (_) throws(EspalierError) in
    tokenize(sample, by: try BertTokenizer(ScratchFolder.shared.write(pieces, to: "settings/vocab.txt")))
  }

  /// Any text, as tokens.
  static let text = Parser("text") { (bytes) throws(EspalierError) in
    let known = try ScratchFolder.shared.write(pieces, to: "text/vocab.txt")
    tokenize(String(decoding: bytes, as: UTF8.self), by: try BertTokenizer(known))
  }

  /// Sentences with labels: a table, and JSON lines.
  static let sentences = Parser("sentences", in: "sentences.tsv") { (path) throws(EspalierError) in
    _ = try SentencePairs(path)
  }

  private static let pieces = Array(
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\ncat\n##s\na\n##b\nä\n中\n".utf8)
  private static let sample = "The cats\u{301} [MASK] \u{E4} \u{4E2D}\u{6587}\tab, abc!"

  private static func tokenize(_ text: String, by tokenizer: BertTokenizer) {
    _ = tokenizer.encode(text, limit: 8)
    _ = tokenizer.encode(text, sample, limit: 9)
  }
}
