import EspalierFiles
import Synchronization

/// Converts text to BERT's token identifiers: words, then greedily the longest known pieces of each from the left.
///
/// A word that is not a sequence of known pieces, or has more than 100 characters, is `[UNK]`. Special tokens written
/// in the text are recognised.
///
/// Source: Y. Wu et al., "Google's neural machine translation system" (2016), section 4.1 (WordPiece); J. Devlin et
/// al., "BERT" (NAACL 2019), section 3. Equal to `BertTokenizerFast` of the library transformers on the texts listed in
/// `docs/guides/text.md`.
package struct BertTokenizer: Sendable {
  /// The known pieces.
  package let vocabulary: WordPieceVocabulary
  /// The split of text into words.
  package let basic: BasicTokenizer
  private let special: [SpecialToken: Int]
  private let known = WordCache()
  /// The maximum length of a word that is split into pieces.
  static let longestWord = 100

  /// A tokenizer of these parts.
  package init(_ vocabulary: WordPieceVocabulary, basic: BasicTokenizer = BasicTokenizer()) {
    self.vocabulary = vocabulary
    self.basic = basic
    special = Dictionary(uniqueKeysWithValues: SpecialToken.allCases.map { ($0, vocabulary[$0.rawValue] ?? 0) })
  }

  /// The identifier of a special token.
  package subscript(token: SpecialToken) -> Int { special[token] ?? 0 }

  /// The identifiers of the tokens of `text`, without special tokens around them.
  package func tokens(_ text: String) -> [Int] {
    var identifiers: [Int] = []
    for part in SpecialTokenSplitter.parts(of: text) {
      switch part {
      case .token(let token): identifiers.append(self[token])
      case .text(let text): for word in basic.words(text) { identifiers += pieces(word) }
      }
    }
    return identifiers
  }

  /// `[CLS] first [SEP]`, or `[CLS] first [SEP] second [SEP]`, truncated to `limit` tokens.
  ///
  /// An empty second text counts as none. Of a pair, the longer text is truncated until both are equally long, then
  /// both.
  package func encode(_ first: String, _ second: String? = nil, limit: Int = .max) -> Encoding {
    var parts = [tokens(first)]
    if let second, !second.isEmpty { parts.append(tokens(second)) }
    let room = max(0, limit - 1 - parts.count)
    if parts.reduce(0, { $0 + $1.count }) > room { parts = Self.cut(parts, to: room) }
    var encoding = Encoding(ids: [self[.beginning]], types: [0])
    for (kind, part) in parts.enumerated() {
      encoding.ids += part + [self[.separator]]
      encoding.types += Array(repeating: kind, count: part.count + 1)
    }
    return encoding
  }

  private static func cut(_ parts: [[Int]], to room: Int) -> [[Int]] {
    guard parts.count == 2 else { return parts.map { Array($0.prefix(room)) } }
    let isFirstLonger = parts[0].count > parts[1].count
    var short = min(parts[0].count, parts[1].count)
    var long = short > room ? short : max(short, room - short)
    if short + long > room { (short, long) = (room / 2, room / 2 + room % 2) }
    return [Array(parts[0].prefix(isFirstLonger ? long : short)), Array(parts[1].prefix(isFirstLonger ? short : long))]
  }

  /// The longest known pieces of a word, from the left.
  private func pieces(_ word: String) -> [Int] {
    if let found = known[word] { return found }
    let found = search(word)
    known[word] = found
    return found
  }

  private func search(_ word: String) -> [Int] {
    guard word.unicodeScalars.count <= Self.longestWord else { return [self[.unknown]] }
    let bytes = Array(word.utf8)
    let boundaries = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count]
    var identifiers: [Int] = []
    var start = 0
    while start < boundaries.count - 1 {
      var end = boundaries.count - 1
      var found: Int?
      while end > start {
        let part = Array(bytes[boundaries[start]..<boundaries[end]])
        found = vocabulary[bytes: start == 0 ? part : Self.continuation + part]
        if found != nil { break }
        end -= 1
      }
      guard let found else { return [self[.unknown]] }
      identifiers.append(found)
      start = end
    }
    return identifiers
  }

  private static let continuation = Array("##".utf8)
}

/// A text as the input of a network.
package struct Encoding: Hashable, Sendable {
  /// The identifiers of the tokens.
  package var ids: [Int]
  /// The text to which each token belongs, 0 or 1.
  package var types: [Int]
}

/// The pieces of words looked up before. Thread-safe.
private final class WordCache: Sendable {
  private let words = Mutex<[[UInt8]: [Int]]>([:])
  private static let limit = 1 << 18

  subscript(word: String) -> [Int]? {
    get { words.withLock { $0[Array(word.utf8)] } }
    set {
      // Compared by bytes: equal strings may have different code points.
      words.withLock { words in
        // Bounds the memory for texts of any length.
        if words.count >= Self.limit { words.removeAll() }
        words[Array(word.utf8)] = newValue
      }
    }
  }
}
