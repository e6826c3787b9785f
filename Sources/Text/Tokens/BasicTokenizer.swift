/// Splits text into words and punctuation marks, the first stage of BERT's tokenizer.
///
/// In this order: control characters are removed, and white space becomes spaces; Chinese characters are surrounded by
/// spaces; accents are stripped (canonical decomposition, then removal of non-spacing marks); letters are lower-cased;
/// the text is split at spaces and around punctuation marks.
///
/// Source: J. Devlin et al., "BERT" (NAACL 2019), whose published code defines it; character classes are those of
/// Unicode 8, as in the tokenizers of the library transformers.
package struct BasicTokenizer: Hashable, Sendable {
  /// Whether letters are lower-cased.
  package var lowercases: Bool
  /// Whether accents are stripped; `nil` for the value of ``lowercases``.
  package var stripsAccents: Bool?
  /// Whether each Chinese character is a word.
  package var separatesChinese: Bool

  /// A tokenizer, by default for an uncased network.
  package init(lowercases: Bool = true, stripsAccents: Bool? = nil, separatesChinese: Bool = true) {
    self.lowercases = lowercases
    self.stripsAccents = stripsAccents
    self.separatesChinese = separatesChinese
  }

  /// The words of `text`. Complexity: linear.
  package func words(_ text: some StringProtocol) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    func end() {
      if !word.isEmpty { words.append(String(word)) }
      word = String.UnicodeScalarView()
    }
    for scalar in normalized(text) {
      if scalar.isBertWhitespace {
        end()
      } else if scalar.isBertPunctuation {
        end()
        words.append(String(scalar))
      } else {
        word.append(scalar)
      }
    }
    end()
    return words
  }

  /// `text` cleaned, with Chinese characters separated, accents stripped and letters lower-cased.
  func normalized(_ text: some StringProtocol) -> String.UnicodeScalarView {
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar.value != 0xFFFD && !scalar.isBertControl {
      if scalar.isBertWhitespace {
        clean.append(" ")
      } else if separatesChinese, scalar.isBertIdeograph {
        clean.append(contentsOf: [" ", scalar, " "])
      } else {
        clean.append(scalar)
      }
    }
    if stripsAccents ?? lowercases, clean.contains(where: { $0.value > 0x7F }) {
      clean = String.UnicodeScalarView(CanonicalDecomposition.of(Array(clean)).filter { !$0.isBertMark })
    }
    guard lowercases else { return clean }
    var small = String.UnicodeScalarView()
    // Scalar by scalar: lower-casing must not depend on the context.
    for scalar in clean {
      if scalar.isASCII {
        small.append(("A"..."Z").contains(scalar) ? Unicode.Scalar(scalar.value + 32)! : scalar)
      } else {
        small.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return small
  }
}
