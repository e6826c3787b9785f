import EspalierFiles
import EspalierTestSupport
import EspalierText
import Foundation
import Testing

/// A string with the tokens that the library transformers reads of it, from `Fixtures/tokens.json`.
private struct TokenCase: Decodable {
  struct Options: Decodable {
    let doLowerCase, stripAccents, tokenizeChineseChars: Bool?

    enum CodingKeys: String, CodingKey {
      case doLowerCase = "do_lower_case"
      case stripAccents = "strip_accents"
      case tokenizeChineseChars = "tokenize_chinese_chars"
    }
  }

  let options: Options
  let first: String
  let second: String?
  let limit: Int?
  let ids: [Int]
  let types: [Int]?
}

private func fixture(_ name: String) throws -> String {
  try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil)).path
}

@Suite struct TokenizerTests {
  @Test func tokensAreThoseOfTheLibraryTransformers() throws {
    let data = Data(try FileContents.read(try fixture("tokens.json")))
    let cases = try JSONDecoder().decode([TokenCase].self, from: data)
    #expect(cases.count == 193)
    let vocabulary = try WordPieceVocabulary(try fixture("vocab.txt"))
    for example in cases {
      let basic = BasicTokenizer(
        lowercases: example.options.doLowerCase ?? true, stripsAccents: example.options.stripAccents,
        separatesChinese: example.options.tokenizeChineseChars ?? true)
      let tokenizer = BertTokenizer(vocabulary, basic: basic)
      let encoding = tokenizer.encode(example.first, example.second, limit: example.limit ?? .max)
      #expect(encoding.ids == example.ids, "\(example.first) | \(example.second ?? "") | \(example.options)")
      if let types = example.types { #expect(encoding.types == types, "\(example.first) | \(example.second ?? "")") }
    }
  }

  @Test func wordsAreRememberedByTheirCodePoints() throws {
    let vocabulary = try WordPieceVocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "\u{E9}", "e\u{301}"])
    let tokenizer = BertTokenizer(vocabulary, basic: BasicTokenizer(lowercases: false))
    #expect(tokenizer.tokens("\u{E9} e\u{301} \u{E9}") == [5, 6, 5])
  }

  @Test func folderSaysHowTextIsRead() throws {
    let folder = try TemporaryDirectory()
    try folder.write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nA\na\n")
    #expect(try BertTokenizer(folder.path).tokens("A") == [6])
    try folder.write("tokenizer_config.json", "{\"do_lower_case\": false}")
    #expect(try BertTokenizer(folder.path).tokens("A") == [5])
    try folder.remove("vocab.txt")
    #expect(throws: EspalierError.self) { try BertTokenizer(folder.path) }
    let model =
      "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"[PAD]\": 0, \"[UNK]\": 1, \"[CLS]\": 2, "
      + "\"[SEP]\": 3, \"[MASK]\": 4, \"b\": 5}}}"
    try folder.write("tokenizer.json", model)
    #expect(try BertTokenizer(folder.path).tokens("b c") == [5, 1])
    try folder.write("tokenizer.json", model.replacingOccurrences(of: "WordPiece", with: "BPE"))
    #expect(throws: EspalierError.self) { try BertTokenizer(folder.path) }
    try folder.write("tokenizer.json", model.replacingOccurrences(of: "\"b\": 5", with: "\"b\": 9"))
    #expect(throws: EspalierError.self) { try BertTokenizer(folder.path) }
  }

  @Test func vocabulariesWithoutSpecialPiecesAreRefused() {
    #expect(throws: EspalierError.self) { try WordPieceVocabulary(["a", "b"]) }
  }
}
