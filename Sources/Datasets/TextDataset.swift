import EspalierFiles
import EspalierTensors
import EspalierText

/// Sentences, or pairs of them, as token sequences.
///
/// A sample has three rows of integers: `input_ids`, `attention_mask` (1 for tokens, 0 for padding) and
/// `token_type_ids`. Samples differ in length; the length of a batch is that of its longest sample, rounded up to a
/// multiple of 8.
package struct TextDataset: Dataset {
  /// The name in reports and errors.
  package let name: String
  /// The names of the labels.
  package let labelNames: [String]
  private let encodings: [Encoding]
  private let labels: [Int]?
  private let languages: [String]?
  private let padding: Int
  private let longest: Int

  /// The tokens of `pairs`, each truncated to `limit`.
  ///
  /// - Complexity: linear in the text; all tokens are held in memory.
  /// - Throws: `EspalierError` if only some sentences have labels.
  package init(name: String, _ pairs: SentencePairs, tokenizer: BertTokenizer, limit: Int = 128) throws(EspalierError) {
    self.name = name
    labelNames = pairs.labels
    encodings = pairs.pairs.map { tokenizer.encode($0.first, $0.second, limit: limit) }
    let labels = pairs.pairs.compactMap(\.label)
    guard labels.isEmpty || labels.count == pairs.pairs.count else {
      throw EspalierError(.data, name, "has labels for \(labels.count) of its \(pairs.pairs.count) sentences")
    }
    self.labels = labels.isEmpty ? nil : labels
    let languages = pairs.pairs.compactMap(\.language)
    self.languages = languages.count == pairs.pairs.count ? languages : nil
    padding = tokenizer[.padding]
    longest = Self.rounded(encodings.map(\.ids.count).max() ?? 0, limit)
  }

  /// The number of sentences or pairs.
  package var count: Int { encodings.count }

  /// The length of the longest sample.
  package var sampleShape: Shape { [longest] }

  /// The number of labels.
  package var classCount: Int? { labels == nil ? nil : labelNames.count }

  /// Three rows of tokens.
  package var fields: [SampleField] {
    ["input_ids", "attention_mask", "token_type_ids"].map { SampleField($0, sampleShape, .places) }
  }

  /// The number of tokens of each sample.
  package var lengths: [Int]? { encodings.map(\.ids.count) }

  /// The language of each sample, if known.
  package var parts: [String]? { languages }

  private static func rounded(_ length: Int, _ limit: Int) -> Int {
    max(1, min((length + 7) / 8 * 8, max(limit, length)))
  }

  /// The samples at `indices`, padded to a common length.
  package func samples(at indices: [Int]) throws(EspalierError) -> Batch {
    let own = indices.map { encodings[$0] }
    let length = Self.rounded(own.map(\.ids.count).max() ?? 0, longest)
    func rows(_ padding: Int, _ values: (Encoding) -> [Int]) -> Tensor {
      var elements = [Int64](repeating: Int64(padding), count: own.count * length)
      for (row, encoding) in own.enumerated() {
        for (place, value) in values(encoding).enumerated() { elements[row * length + place] = Int64(value) }
      }
      return Tensor(shape: [own.count, length], elements)
    }
    let ids = rows(padding, \.ids)
    return Batch(
      [
        "input_ids": ids, "attention_mask": rows(0) { Array(repeating: 1, count: $0.ids.count) },
        "token_type_ids": rows(0, \.types),
      ], labels: labels.map { labels in indices.map { labels[$0] } }, indices: indices)
  }

  /// Those of the tokens, which do not depend on the padding of a batch.
  package func fingerprints(of indices: [Int]) -> [SampleFingerprint?] {
    indices.map { index in
      var print = SampleFingerprint()
      for row in [encodings[index].ids, encodings[index].types] {
        for number in row { withUnsafeBytes(of: Int64(number)) { print.add($0) } }
      }
      return print
    }
  }
}
