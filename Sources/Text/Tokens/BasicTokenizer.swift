/// Cuts text into words and marks of punctuation, as BERT does before it looks for pieces.
///
/// In this order: characters that control are taken out, and all white space becomes spaces; spaces are put around Chinese characters;
/// accents are taken off (canonical decomposition, then non-spacing marks go); letters become small; the text is split at spaces, and
/// each mark of punctuation is a word of its own.
///
/// Source: J. Devlin et al., "BERT" (NAACL 2019), whose published code defines it; character classes are those of Unicode 8, which the
/// library transformers' tokenizers know.
package struct BasicTokenizer: Hashable, Sendable {
  /// Whether letters become small.
  package var lowercases: Bool
  /// Whether accents are taken off; `nil` where letters become small.
  package var stripsAccents: Bool?
  /// Whether Chinese characters are words of their own.
  package var separatesChinese: Bool

  /// A tokenizer for a network that knows small letters only, unless said otherwise.
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

  /// `text` with its characters cleaned, set apart, stripped and made small.
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
    // Letter by letter: what stands beside it does not matter.
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
